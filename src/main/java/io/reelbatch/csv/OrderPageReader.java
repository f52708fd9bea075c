package io.reelbatch.csv;

import io.reelbatch.model.InputLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the input in pages, always from its first line: what was let in is known to the ledger, not
 * to a saved position.
 */
public final class OrderPageReader implements ItemReader<OrderPage> {

  private static final int PAGE = 2000;

  /** Opens the file when the step begins. */
  @FunctionalInterface
  public interface Opening {
    /** Opens it at its first line. */
    OrderFile open() throws IOException;
  }

  private final @Nullable Opening opening;
  private @Nullable OrderFile file;
  private boolean over;
  private volatile long read;

  private OrderPageReader(@Nullable Opening opening) {
    this.opening = opening;
  }

  /** Reads the whole file. */
  public static OrderPageReader of(Opening opening) {
    return new OrderPageReader(opening);
  }

  /** Reads nothing: the input is known already. */
  public static OrderPageReader ofNothing() {
    return new OrderPageReader(null);
  }

  @Override
  public @Nullable OrderPage read() throws IOException {
    if (opening == null || over) {
      return null;
    }
    if (file == null) {
      file = opening.open();
    }
    List<InputLine> lines = new ArrayList<>();
    while (lines.size() < PAGE) {
      InputLine line = file.next();
      if (line == null) {
        over = true;
        file.close();
        return new OrderPage(file.columns(), lines, file.digest());
      }
      lines.add(line);
      read = line.number();
    }
    return new OrderPage(file.columns(), lines, null);
  }

  /** The last line that was read; 0 before the first. Thread-safe. */
  public long lastLine() {
    return read;
  }

  /** What is odd about the file but allowed, as far as it was read. */
  public List<String> warnings() {
    return file == null ? List.of() : file.warnings();
  }
}
