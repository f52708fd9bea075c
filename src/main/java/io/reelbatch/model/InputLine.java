package io.reelbatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the CSV, right or wrong; of a line that orders several rows, one of these.
 *
 * @param number the line of the file on which the row starts, counted from 1 with the header; a
 *     quoted cell may make a row longer than one line
 * @param variant which of the rows that the line orders, from 1; 0 where it orders one
 * @param cells as they stand in the file, one for each column of the header, empty where the line
 *     is short
 * @param order null when there are errors
 */
public record InputLine(
    long number,
    int variant,
    List<String> cells,
    @Nullable WrittenOrder order,
    List<LineError> errors) {

  /** As many rows as a line may order. */
  public static final int MOST_VARIANTS = 100;

  // The ledger's table of lines is laid out by it.
  private static final long PLACES = 1000;

  public InputLine {
    if (variant < 0 || variant > MOST_VARIANTS) {
      throw new IllegalArgumentException("a line has no variant " + variant);
    }
    cells = List.copyOf(cells);
    errors = List.copyOf(errors);
    if ((order == null) == errors.isEmpty()) {
      throw new IllegalArgumentException("a line is either an order or has errors");
    }
  }

  /** A line that orders one row, or is wrong. */
  public InputLine(
      long number, List<String> cells, @Nullable WrittenOrder order, List<LineError> errors) {
    this(number, 0, cells, order, errors);
  }

  /** Where the row stands among all that its file orders. */
  public long position() {
    return firstPosition(number) + variant;
  }

  /** Of the rows of a line, the smallest position that one can have. */
  public static long firstPosition(long line) {
    return line * PLACES;
  }

  /** Which of its line's rows stands there; 0 where the line orders one. */
  public static int variantAt(long position) {
    return (int) (position % PLACES);
  }

  /** The line of the row that stands there. */
  public static long lineAt(long position) {
    return position / PLACES;
  }
}
