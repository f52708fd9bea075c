package io.reelbatch.gateway;

import io.reelbatch.model.RateAdvice;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which a gateway tells its rates: {@code x-ratelimit-*} with or without {@code
 * -requests}, {@code ratelimit-*}, {@code RateLimit} and {@code RateLimit-Policy}, {@code
 * retry-after-ms}.
 *
 * <p>Assumed: all of them; no page of the gateway names one. What cannot be read is passed over. A
 * limit counts only together with the time that it is for.
 */
final class RateHeaders {

  private static final List<String> REMAINING =
      List.of(
          "x-ratelimit-remaining-requests",
          "x-ratelimit-remaining",
          "x-rate-limit-remaining",
          "ratelimit-remaining");
  private static final List<String> RESET =
      List.of(
          "x-ratelimit-reset-requests",
          "x-ratelimit-reset",
          "x-rate-limit-reset",
          "ratelimit-reset");
  private static final List<String> LIMIT =
      List.of("x-ratelimit-limit", "x-rate-limit-limit", "ratelimit-limit");
  private static final String LIMIT_A_MINUTE = "x-ratelimit-limit-requests";
  private static final String TOGETHER = "ratelimit";
  private static final String POLICY = "ratelimit-policy";
  private static final String MILLIS = "retry-after-ms";

  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})(?:\\.\\d{1,9})?");
  private static final Pattern WINDOW = Pattern.compile("w\\s*=\\s*(\\d{1,9})");
  private static final Pattern QUOTA = Pattern.compile("(?:^|[;,\\s]q\\s*=\\s*)\\s*(\\d{1,9})");
  private static final Pattern LEFT =
      Pattern.compile("(?:^|[;,\\s])(?:r|remaining)\\s*=\\s*(\\d{1,9})");
  private static final Pattern TIME =
      Pattern.compile("(?:^|[;,\\s])(?:t|reset)\\s*=\\s*(\\d{1,9})");

  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final List<Duration> WINDOWS =
      List.of(
          Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
  private static final long MOST_PERMITS = 999_999_999;
  private static final long EPOCH_SECONDS = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 1_000_000_000_000L;

  private RateHeaders() {}

  /** Those of an answer that are about rates, names in lower case, the first of each. */
  static Map<String, String> of(HttpMessage answer) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : answer.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      boolean about =
          name.startsWith("x-ratelimit-")
              || name.startsWith("x-rate-limit-")
              || name.startsWith(TOGETHER)
              || name.equals(MILLIS);
      if (about && header.getValue() != null) {
        headers.putIfAbsent(name, header.getValue().strip());
      }
    }
    return headers;
  }

  /** The wait that {@code retry-after-ms} asks for; null if it does not. */
  static @Nullable Duration pauseInMillis(Map<String, String> headers) {
    Long millis = whole(headers.get(MILLIS));
    return millis == null ? null : capped(Duration.ofMillis(millis));
  }

  /** What they say; null if that is nothing. */
  static @Nullable RateAdvice advice(Map<String, String> headers, Instant now) {
    if (headers.isEmpty()) {
      return null;
    }
    Long left = first(headers, REMAINING, LEFT);
    Duration reset = reset(headers, now);
    Duration pause = left != null && left == 0 ? reset : null;
    RateAdvice limit = limit(headers, reset);
    if (limit == null) {
      return pause == null || pause.isZero() ? null : new RateAdvice(pause, null, null);
    }
    return new RateAdvice(
        pause == null || pause.isZero() ? null : pause, limit.permits(), limit.per());
  }

  private static @Nullable Long first(
      Map<String, String> headers, List<String> names, Pattern together) {
    for (String name : names) {
      Long value = whole(headers.get(name));
      if (value != null) {
        return value;
      }
    }
    return group(together, headers.get(TOGETHER));
  }

  private static @Nullable Duration reset(Map<String, String> headers, Instant now) {
    for (String name : RESET) {
      Duration reset = time(headers.get(name), now);
      if (reset != null) {
        return reset;
      }
    }
    Long seconds = group(TIME, headers.get(TOGETHER));
    return seconds == null ? null : capped(Duration.ofSeconds(seconds));
  }

  // Whom no window is named for counts by the second, the minute or the hour: the shortest that
  // the time until the reset fits into.
  private static @Nullable RateAdvice limit(Map<String, String> headers, @Nullable Duration reset) {
    String policy = headers.get(POLICY);
    RateAdvice named = limit(group(QUOTA, policy), group(WINDOW, policy));
    if (named != null) {
      return named;
    }
    Long aMinute = whole(headers.get(LIMIT_A_MINUTE));
    if (aMinute != null) {
      return limit(aMinute, 60L);
    }
    for (String name : LIMIT) {
      String text = headers.get(name);
      RateAdvice inside = limit(group(QUOTA, text), group(WINDOW, text));
      if (inside != null) {
        return inside;
      }
      Long permits = whole(text);
      if (permits != null && reset != null && !reset.isZero()) {
        return WINDOWS.stream()
            .filter(window -> window.compareTo(reset) >= 0)
            .findFirst()
            .map(window -> limit(permits, window.toSeconds()))
            .orElse(null);
      }
    }
    return null;
  }

  private static @Nullable RateAdvice limit(@Nullable Long permits, @Nullable Long seconds) {
    if (permits == null || seconds == null || permits < 1 || permits > MOST_PERMITS) {
      return null;
    }
    return seconds < 1 ? null : new RateAdvice(null, permits, Duration.ofSeconds(seconds));
  }

  /** Reads {@code 12}, {@code 0.5}, {@code 6m0s}, {@code 20ms}, or a moment since 1970. */
  private static @Nullable Duration time(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    if (NUMBER.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      return number < EPOCH_SECONDS
          ? capped(Duration.ofMillis(Math.round(number * 1000)))
          : until(number < EPOCH_MILLIS ? number * 1000 : number, now);
    }
    try {
      return until((double) Instant.parse(text).toEpochMilli(), now);
    } catch (DateTimeException | ArithmeticException e) {
      return parts(text.toLowerCase(Locale.ROOT));
    }
  }

  private static Duration until(double epochMillis, Instant now) {
    double left = Math.max(0, epochMillis - (double) now.toEpochMilli());
    return capped(Duration.ofMillis((long) Math.min(left, 1e15)));
  }

  private static @Nullable Duration parts(String text) {
    Matcher part = PART.matcher(text);
    double millis = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      millis += Double.parseDouble(part.group(1)) * UNITS.getOrDefault(part.group(2), 0L);
      end = part.end();
    }
    return end == 0 || end < text.length() ? null : capped(Duration.ofMillis(Math.round(millis)));
  }

  private static @Nullable Long whole(@Nullable String text) {
    Matcher number = NUMBER.matcher(text == null ? "" : text);
    return number.matches() ? Long.valueOf(number.group(1)) : null;
  }

  private static @Nullable Long group(Pattern pattern, @Nullable String text) {
    Matcher found = pattern.matcher(text == null ? "" : text);
    return found.find() ? Long.valueOf(found.group(1)) : null;
  }

  private static Duration capped(Duration wait) {
    return wait.compareTo(RetryAfter.LONGEST) > 0 ? RetryAfter.LONGEST : wait;
  }
}
