package io.reelbatch.csv;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the input in pages, always from its first line: what was let in is known to the ledger, not
 * to a saved position. While a page is worked on, a thread of its own reads the next one.
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
  private @Nullable OrderFile file; // touched by one thread after the other
  private @Nullable CompletableFuture<OrderPage> next;
  private boolean over;
  private volatile long read;
  private volatile List<Message> warnings = List.of();

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
    OrderPage page = next == null ? page(opening) : await(next);
    over = page.digest() != null;
    if (!over) {
      next = CompletableFuture.supplyAsync(() -> pageAhead(opening), OrderPageReader::onAThread);
    }
    return page;
  }

  private OrderPage page(Opening opening) throws IOException {
    if (file == null) {
      file = opening.open();
    }
    List<InputLine> lines = new ArrayList<>(PAGE);
    InputLine line = file.next();
    while (line != null) {
      lines.add(line);
      read = line.number();
      line = lines.size() < PAGE ? file.next() : null;
    }
    boolean last = lines.size() < PAGE;
    if (last) {
      file.close();
    }
    warnings = List.copyOf(file.warnings());
    return new OrderPage(file.columns(), lines, last ? file.digest() : null);
  }

  private OrderPage pageAhead(Opening opening) {
    try {
      return page(opening);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OrderPage await(CompletableFuture<OrderPage> page) throws IOException {
    try {
      return page.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException wrapped) {
        throw wrapped.getCause();
      }
      throw e;
    }
  }

  private static void onAThread(Runnable reading) {
    Thread thread = new Thread(reading, "input-reader");
    thread.setDaemon(true);
    thread.start();
  }

  /** The last line that was read; 0 before the first. Thread-safe. */
  public long lastLine() {
    return read;
  }

  /** What is odd about the file but allowed, as far as it was read. Thread-safe. */
  public List<Message> warnings() {
    return warnings;
  }
}
