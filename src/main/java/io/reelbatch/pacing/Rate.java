package io.reelbatch.pacing;

import io.reelbatch.model.Message;
import io.reelbatch.model.NotAllowedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many a time, written {@code 2/s}, {@code 90/m} or {@code 5000/h}.
 *
 * @param permits at least 1
 */
public record Rate(long permits, Duration per) {

  private static final long FINEST = 1_000;
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*/\\s*(s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

  /** Checks the rate. */
  public Rate {
    if (permits < 1 || per.isNegative() || per.isZero()) {
      throw new NotAllowedException(Message.of("a rate is at least 1 a time, for example 2/s"));
    }
  }

  /**
   * Reads a rate as people write it. Spring converts properties through this method.
   *
   * @throws IllegalArgumentException if it is not one; the message shows how to write it
   */
  public static Rate valueOf(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
    Duration per = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (per == null) {
      throw new NotAllowedException(
          Message.of("'{0}' is not a rate; write it as 2/s, 90/m or 5000/h", text));
    }
    return new Rate(Long.parseLong(matcher.group(1)), per);
  }

  /** This rate, a few thousandths slower or faster; as it is where nobody could tell. */
  Rate changedBy(int thousandths) {
    return interval().toNanos() < FINEST
        ? this
        : new Rate(permits * (1000 + thousandths), per.multipliedBy(1000));
  }

  /** The time between two. */
  public Duration interval() {
    return per.dividedBy(permits);
  }

  @Override
  public String toString() {
    String unit =
        UNITS.entrySet().stream()
            .filter(entry -> entry.getValue().equals(per))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(per.toString());
    return permits + "/" + unit;
  }
}
