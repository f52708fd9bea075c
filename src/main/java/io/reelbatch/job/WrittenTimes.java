package io.reelbatch.job;

import io.reelbatch.model.Durations;
import java.time.Duration;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads the times of all settings as those of the command line. It refuses none: where a converter
 * fails, Spring asks its own next, which takes 15 for 15 milliseconds. So {@link SettingNames}
 * looks at them before.
 */
final class WrittenTimes implements Converter<String, Duration> {

  @Override
  public Duration convert(String text) {
    return text.strip().equals("0") ? Duration.ZERO : Durations.parse(text);
  }
}
