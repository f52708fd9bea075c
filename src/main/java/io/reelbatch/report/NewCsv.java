package io.reelbatch.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A CSV in the making that takes no other file's place: cells as they are, formulas included, UTF-8
 * with the byte order mark by which Excel knows it, lines ended by CRLF. Closed before it is
 * published, it leaves nothing behind. Not thread-safe.
 *
 * <p>Every method throws {@link java.io.UncheckedIOException} with a message for the operator.
 */
public final class NewCsv implements AutoCloseable {

  private final PendingFile file;

  /** Begins the file; its folder is made when it is not there. */
  public NewCsv(Path target) {
    PendingFile.prepare(Objects.requireNonNull(target.toAbsolutePath().getParent()));
    file = new PendingFile(target);
    file.append(CsvStyle.BYTE_ORDER_MARK);
  }

  /** Adds a line. */
  public void line(List<String> cells) {
    file.append(CsvStyle.VERBATIM.line(cells));
  }

  /** Brings it to the disk under its name, which no other file may have. */
  public void publish() {
    file.complete();
    file.publishNew();
  }

  @Override
  public void close() {
    file.close();
  }
}
