package io.reelbatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the CSV, right or wrong.
 *
 * @param number the line of the file on which the row starts, counted from 1 with the header; a
 *     quoted cell may make a row longer than one line
 * @param cells as they stand in the file, one for each column of the header, empty where the line
 *     is short
 * @param order null when there are errors
 */
public record InputLine(
    long number, List<String> cells, @Nullable WrittenOrder order, List<LineError> errors) {

  public InputLine {
    cells = List.copyOf(cells);
    errors = List.copyOf(errors);
    if ((order == null) == errors.isEmpty()) {
      throw new IllegalArgumentException("a line is either an order or has errors");
    }
  }
}
