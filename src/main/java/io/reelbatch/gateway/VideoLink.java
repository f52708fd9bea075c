package io.reelbatch.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Links as gateways write them, and when they die. */
final class VideoLink {

  private static final String LEGAL = "-._~:/?#@!$&'()*+,;=";
  private static final String HEX = "0123456789ABCDEF";
  private static final DateTimeFormatter AMAZON =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

  // A time in seconds has this many only after the year 5000; more are milliseconds.
  private static final double MOST_SECONDS = 1e11;

  private VideoLink() {}

  /** The link with spaces and the like encoded; null when it is no http(s) address. */
  static @Nullable URI read(String text) {
    String link = text.strip();
    if (!isHttp(link)) {
      return null;
    }
    try {
      URI uri = new URI(encoded(link));
      return uri.getHost() == null ? null : uri;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** A link that may be written relative to another; null when it leads to no http(s) address. */
  static @Nullable URI read(URI base, String text) {
    try {
      return read(base.resolve(new URI(encoded(text.strip()))).toString());
    } catch (URISyntaxException e) {
      return null;
    }
  }

  static boolean isHttp(String text) {
    String start = text.strip().toLowerCase(Locale.ROOT);
    return start.startsWith("http://") || start.startsWith("https://");
  }

  private static String encoded(String link) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = link.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (isLegal(c) || (c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2))) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return text.toString();
  }

  private static boolean isLegal(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || LEGAL.indexOf(c) >= 0);
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
  }

  /**
   * When the link stops working: the earlier of what the answer says and what the link itself says.
   *
   * <p>Assumed: {@code se} (Azure), {@code Expires} (OSS, CloudFront, S3), {@code X-Amz-Date} with
   * {@code X-Amz-Expires}.
   */
  static @Nullable Instant expiry(@Nullable URI link, JsonNode expiresAt) {
    Instant said = instant(expiresAt);
    Instant signed = link == null ? null : signed(link);
    if (said == null || signed == null) {
      return said == null ? signed : said;
    }
    return said.isBefore(signed) ? said : signed;
  }

  /** A time as gateways write them, in seconds, milliseconds or words; null when it is none. */
  static @Nullable Instant instant(JsonNode node) {
    if (node.isNumber()) {
      return fromEpoch(node.asDouble(Double.NaN));
    }
    return node.isString() ? instant(node.stringValue()) : null;
  }

  private static @Nullable Instant instant(String text) {
    String time = text.strip();
    if (time.matches("\\d{1,16}")) {
      return fromEpoch(Double.parseDouble(time));
    }
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant fromEpoch(double time) {
    if (!(time > 0) || time > MOST_SECONDS * 1000) {
      return null;
    }
    return time > MOST_SECONDS
        ? Instant.ofEpochMilli((long) time)
        : Instant.ofEpochSecond((long) time);
  }

  private static @Nullable Instant signed(URI link) {
    Map<String, String> query = query(link);
    String azure = query.get("se");
    if (azure != null) {
      return instant(azure);
    }
    String expires = query.get("expires");
    if (expires != null) {
      return instant(expires);
    }
    return amazon(query.get("x-amz-date"), query.get("x-amz-expires"));
  }

  private static @Nullable Instant amazon(@Nullable String date, @Nullable String seconds) {
    if (date == null || seconds == null || !seconds.matches("\\d{1,9}")) {
      return null;
    }
    try {
      Instant signed = LocalDateTime.parse(date, AMAZON).toInstant(ZoneOffset.UTC);
      return signed.plus(Duration.ofSeconds(Long.parseLong(seconds)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Map<String, String> query(URI link) {
    Map<String, String> fields = new HashMap<>();
    if (link.getRawQuery() != null) {
      for (String field : link.getRawQuery().split("&", -1)) {
        int equals = field.indexOf('=');
        if (equals > 0) {
          String value = field.substring(equals + 1).replace("+", "%2B");
          fields.put(
              field.substring(0, equals).toLowerCase(Locale.ROOT),
              URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
      }
    }
    return fields;
  }
}
