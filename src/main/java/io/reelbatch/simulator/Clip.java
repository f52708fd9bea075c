package io.reelbatch.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one video that every completed task links to: a playable MP4 of 1.5 s. Immutable. */
final class Clip {

  private static final String TAG = "\"clip-1\"";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,9})-(\\d{0,9})");

  private final byte[] bytes;

  private Clip(byte[] bytes) {
    this.bytes = bytes;
  }

  static Clip load() {
    try (InputStream in = Objects.requireNonNull(Clip.class.getResourceAsStream("clip.mp4"))) {
      return new Clip(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("clip.mp4 is missing from the program", e);
    }
  }

  /** The link of a task. A tilde, which no id contains, stands for the colon. */
  static URI link(URI base, SimulatedTask task) {
    return base.resolve("/files/" + task.id().replace(':', '~') + ".mp4");
  }

  /** The id behind a link's file name without its ending. */
  static String idIn(String name) {
    return name.replace('~', ':');
  }

  /** The clip, or the one range of it that was asked for. */
  Reply reply(Request request) {
    boolean same = request.header("if-range").filter(tag -> !tag.equals(TAG)).isEmpty();
    String asked = same ? request.header("range").orElse("") : "";
    Matcher range = RANGE.matcher(asked);
    // Several ranges, or a unit nobody knows, may be answered with the whole (RFC 9110, 14.2).
    if (!range.matches() || asked.equals("bytes=-")) {
      return part(200, 0, bytes.length, Map.of());
    }
    int first;
    int last = bytes.length - 1;
    if (range.group(1).isEmpty()) {
      first = Math.max(0, bytes.length - Integer.parseInt(range.group(2)));
    } else {
      first = Integer.parseInt(range.group(1));
      if (!range.group(2).isEmpty()) {
        last = Math.min(last, Integer.parseInt(range.group(2)));
      }
    }
    if (first > last) {
      return part(416, 0, 0, Map.of("Content-Range", "bytes */" + bytes.length));
    }
    return part(
        206,
        first,
        last - first + 1,
        Map.of("Content-Range", "bytes " + first + "-" + last + "/" + bytes.length));
  }

  private Reply part(int status, int from, int length, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("Content-Type", "video/mp4");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", TAG);
    return Reply.bytes(
        status,
        headers,
        ByteBuffer.wrap(bytes, from, length).slice(),
        "video, " + length + " bytes");
  }
}
