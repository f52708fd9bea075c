package io.reelbatch.csv;

import io.reelbatch.model.InputLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of the input, in order.
 *
 * @param columns the header's cells as the file has them
 * @param digest SHA-256 of the whole file as it was read; null before the last page
 */
public record OrderPage(List<String> columns, List<InputLine> lines, @Nullable String digest) {

  /** Copies the lists. */
  public OrderPage {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
  }
}
