package io.reelbatch.csv;

import java.util.List;

/**
 * A record of the file, its quoting undone.
 *
 * @param line the line on which it starts, counted from 1
 */
record CsvRecord(long line, List<String> cells) {

  CsvRecord {
    cells = List.copyOf(cells);
  }

  /** The same line with other cells. */
  CsvRecord with(List<String> others) {
    return new CsvRecord(line, others);
  }

  /** Whether nothing stands in it, as in the empty lines that spreadsheets leave behind. */
  boolean isEmpty() {
    return filled() == 0;
  }

  /** How many cells there are up to the last in which something stands. */
  int filled() {
    int count = cells.size();
    while (count > 0 && Cell.clean(cells.get(count - 1)).isEmpty()) {
      count--;
    }
    return count;
  }
}
