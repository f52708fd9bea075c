package io.reelbatch.collect;

import io.reelbatch.ledger.VideoRecord;
import io.reelbatch.model.Message;
import io.reelbatch.model.NotAllowedException;
import io.reelbatch.model.RowKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How files of videos are called, without their ending: by a template, and so that every file
 * system takes the name. What a person wrote keeps its letters, in whatever script; anything else
 * becomes a hyphen. Immutable.
 */
public final class VideoName {

  private static final List<String> PLACES = List.of("{id}", "{prompt}", "{model}", "{task}");
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]*)\\}");

  // Some file systems take 143 bytes; ".mp4.part" and the mark that tells two apart must fit, too.
  private static final int MOST_BYTES = 120;
  private static final int MOST_ID = 60;
  private static final int MOST_PROMPT = 60;
  private static final int HASH = 12;
  private static final int MARK = 8;

  /** What Windows keeps for devices, with any ending. */
  private static final Set<String> DEVICES =
      Stream.concat(
              Stream.of("con", "prn", "aux", "nul", "conin$", "conout$"),
              Stream.of("com", "lpt").flatMap(VideoName::numbered))
          .collect(java.util.stream.Collectors.toUnmodifiableSet());

  private final String template;

  /**
   * Names by this template: {@code {id}}, {@code {prompt}}, {@code {model}} and {@code {task}}
   * stand for what they say.
   *
   * @throws IllegalArgumentException if it tells no row from another, or has places nobody knows
   */
  public VideoName(String template) {
    Matcher place = PLACE.matcher(template);
    while (place.find()) {
      if (!PLACES.contains(place.group())) {
        throw new NotAllowedException(
            Message.of("it has {0}; there are {1}", place.group(), Message.all(PLACES)));
      }
    }
    if (!template.contains("{id}") && !template.contains("{task}")) {
      throw new NotAllowedException(
          Message.of("it must hold {id} or {task}, else all files are alike"));
    }
    this.template = template;
  }

  private static Stream<String> numbered(String device) {
    return "123456789¹²³".chars().mapToObj(n -> device + (char) n);
  }

  /** The name; two videos may have the same. */
  String of(VideoRecord video) {
    String model = video.order().model() == null ? "remix" : video.order().model();
    String name =
        template
            .replace("{model}", slug(model, MOST_ID))
            .replace("{task}", slug(video.taskId().value(), MOST_ID))
            .replace("{id}", slug(id(video.row()), MOST_ID))
            .replace("{prompt}", slug(video.order().prompt(), MOST_PROMPT));
    return safe(name);
  }

  /** Another name for the same video, which no other video has. */
  String marked(VideoRecord video) {
    return of(video) + "-" + mark(video.taskId().value());
  }

  /** A made key is a long hash: its beginning and its occurrence tell rows apart as well. */
  private static String id(RowKey row) {
    String key = row.value();
    if (!key.startsWith(RowKey.MADE)) {
      return key;
    }
    int dot = key.lastIndexOf('.');
    return key.substring(RowKey.MADE.length(), Math.min(dot, RowKey.MADE.length() + HASH))
        + "-"
        + key.substring(dot + 1);
  }

  private static String slug(String text, int most) {
    StringBuilder slug = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> slug.appendCodePoint(isWritten(c) ? c : '-'));
    String joined = slug.toString().replaceAll("-{2,}", "-").replaceAll("^-|-$", "");
    int end =
        joined.codePointCount(0, joined.length()) <= most
            ? joined.length()
            : joined.offsetByCodePoints(0, most);
    return joined.substring(0, end).replaceAll("-$", "");
  }

  private static boolean isWritten(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || c == '_';
  }

  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    int bytes = 0;
    for (int c : name.codePoints().toArray()) {
      int kept = isWritten(c) || "-.+=@ ()".indexOf(c) >= 0 ? c : '-';
      bytes += Character.toString(kept).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        break;
      }
      safe.appendCodePoint(kept);
    }
    String trimmed = safe.toString().replaceAll("^[-. ]+|[-. ]+$", "");
    String first = trimmed.split("\\.", 2)[0].strip().toLowerCase(Locale.ROOT);
    return trimmed.isEmpty() || DEVICES.contains(first) ? "_" + trimmed : trimmed;
  }

  private static String mark(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, MARK);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK knows SHA-256", e);
    }
  }
}
