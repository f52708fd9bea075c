package io.reelbatch.job;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.reelbatch.model.OneLine;

/** A log message as one line, whatever the gateway or a cell of the CSV put into it. */
public final class PlainMessage extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return OneLine.of(String.valueOf(event.getFormattedMessage()));
  }
}
