package io.reelbatch.job;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.OneLine;
import java.util.Locale;
import java.util.Objects;

/** A log message as one line, in the language of the person who reads it as it comes. */
public final class ToldMessage extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    Language language =
        Language.valueOf(
            Objects.requireNonNullElse(getFirstOption(), "en").toUpperCase(Locale.ROOT));
    return OneLine.of(
        language == Language.EN
            ? String.valueOf(event.getFormattedMessage())
            : Message.logged(event.getMessage(), event.getArgumentArray()).in(language));
  }
}
