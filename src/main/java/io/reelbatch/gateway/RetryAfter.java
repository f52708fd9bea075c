package io.reelbatch.gateway;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header by which a gateway asks to wait. */
final class RetryAfter {

  /** No gateway gets a longer wait out of us; a nonsensical header would else stop a run. */
  static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * Reads seconds or an HTTP date.
   *
   * @param value the header; null when there was none
   * @return zero for a date that has passed; null for anything that cannot be read
   */
  static @Nullable Duration read(@Nullable String value, Instant now) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (text.matches("\\d{1,18}(\\.\\d{1,9})?")) {
      return capped(Duration.ofMillis(Math.round(Math.min(Double.parseDouble(text), 1e9) * 1000)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isBefore(now) ? Duration.ZERO : capped(Duration.between(now, until));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static Duration capped(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
