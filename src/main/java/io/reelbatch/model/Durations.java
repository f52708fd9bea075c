package io.reelbatch.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 90s}, {@code 20m}, {@code 2h}, {@code 1d}, {@code 200ms}. */
public final class Durations {

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Durations() {}

  /**
   * The time that is written there; also as {@code PT1H30M}.
   *
   * @throws IllegalArgumentException if it is none, or has no unit: 5 might be seconds or hours
   */
  public static Duration parse(String text) {
    String written = text.strip();
    if (written.startsWith("P") || written.startsWith("p")) {
      try {
        return Duration.parse(written);
      } catch (java.time.format.DateTimeParseException e) {
        throw new NotAllowedException(
            Message.of("'{0}' is no time; write 90s, 20m, 2h or 90d", text), e);
      }
    }
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw new NotAllowedException(
          Message.of("'{0}' is no time; write 90s, 20m, 2h or 90d", text));
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
