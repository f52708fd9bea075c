package io.reelbatch.job;

import io.reelbatch.model.Durations;
import java.time.Duration;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads the times of all settings as those of the command line: with a unit. Spring would take 15
 * for 15 milliseconds, and a task would be asked after sixty times a second.
 */
final class WrittenTimes implements Converter<String, Duration> {

  @Override
  public Duration convert(String text) {
    return text.strip().equals("0") ? Duration.ZERO : Durations.parse(text);
  }
}
