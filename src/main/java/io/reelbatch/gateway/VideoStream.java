package io.reelbatch.gateway;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a video on their way, until closed. Not thread-safe.
 *
 * <p>Closed before its end it breaks the connection off: the rest is not read to throw it away.
 */
public final class VideoStream implements AutoCloseable {

  private final Head head;
  private final InputStream in;
  private final AutoCloseable end;

  /**
   * What was said of them beforehand.
   *
   * @param offset where the first byte belongs
   * @param total how long all of the video is; null when that was not said
   * @param contentType in lower case, without parameters; empty when there was none
   * @param validator the strong entity tag, else the date of the last change; null without
   */
  public record Head(
      long offset, @Nullable Long total, String contentType, @Nullable String validator) {}

  VideoStream(Head head, InputStream in, AutoCloseable end) {
    this.head = head;
    this.in = in;
    this.end = end;
  }

  /** What was said of the bytes. */
  public Head head() {
    return head;
  }

  /**
   * The next bytes.
   *
   * @return how many; -1 at the end
   * @throws IOException if the connection broke, or was silent for too long
   */
  public int read(byte[] buffer) throws IOException {
    return in.read(buffer);
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception e) {
      // What was read counts; nothing is lost by the rest.
    }
  }
}
