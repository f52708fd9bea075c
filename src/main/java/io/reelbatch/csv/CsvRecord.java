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

  /** Whether nothing stands in it, as in the empty lines that spreadsheets leave behind. */
  boolean isEmpty() {
    return cells.stream().allMatch(cell -> Cell.clean(cell).isEmpty());
  }
}
