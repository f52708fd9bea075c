package io.reelbatch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * The last lines of a terminal, painted over and over, while all else scrolls by above them. The
 * cursor rests below them at the left, where whatever is typed, and the end of the process, leave
 * it in order. Thread-safe.
 */
final class Screen {

  private static final String UP = "\u001b[%dA";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final PrintStream out;
  private final Window window;
  private final Charset charset;
  private List<String> painted = List.of();
  private int paintedColumns;

  /** How large the terminal is now. */
  interface Window {
    int columns();

    int rows();
  }

  Screen(PrintStream out, Window window, Charset charset) {
    this.out = out;
    this.window = window;
    this.charset = charset;
  }

  /** Puts these lines in the place of those painted before; what is too long is cut. */
  synchronized void paint(List<String> lines) {
    List<String> cut =
        lines.stream()
            .limit(Math.max(1, window.rows() - 2))
            .map(line -> ShownText.cut(line, window.columns() - 1))
            .toList();
    if (cut.equals(painted) && window.columns() == paintedColumns) {
      return;
    }
    StringBuilder frame = new StringBuilder(back());
    cut.forEach(line -> frame.append(line).append(REST_OF_LINE).append('\n'));
    frame.append(REST_OF_SCREEN);
    painted = cut;
    send(frame.toString());
  }

  /** A stream whose whole lines go to the target, above what is painted. */
  OutputStream above(OutputStream target) {
    return new Above(target);
  }

  private synchronized void print(byte[] text, OutputStream target) throws IOException {
    send(back() + REST_OF_SCREEN);
    target.write(text);
    target.flush();
    StringBuilder again = new StringBuilder();
    painted.forEach(line -> again.append(line).append('\n'));
    send(again.toString());
  }

  private void send(String text) {
    byte[] bytes = text.getBytes(charset);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  // A terminal that became narrower has wrapped what was painted, or not: what that leaves of it
  // stays above, but nothing that somebody else said is ever painted over.
  private String back() {
    int columns = window.columns();
    boolean resized = columns != paintedColumns;
    paintedColumns = columns;
    String up = painted.isEmpty() ? "" : UP.formatted(painted.size());
    return "\r" + up + (resized && !painted.isEmpty() ? REST_OF_SCREEN + "\n" : "");
  }

  /** Holds back what is no whole line yet. */
  private final class Above extends OutputStream {
    private final OutputStream target;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    Above(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] text, int from, int length) throws IOException {
      synchronized (Screen.this) {
        held.write(text, from, length);
        if (length > 0 && text[from + length - 1] == '\n') {
          print(held.toByteArray(), target);
          held.reset();
        }
      }
    }

    @Override
    public void close() throws IOException {
      synchronized (Screen.this) {
        if (held.size() > 0) {
          held.write('\n');
          print(held.toByteArray(), target);
          held.reset();
        }
      }
    }
  }
}
