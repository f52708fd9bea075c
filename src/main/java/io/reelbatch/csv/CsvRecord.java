package io.reelbatch.csv;

import java.util.List;
import java.util.Map;

/**
 * A record of the file, its quoting undone.
 *
 * @param line the line on which it starts, counted from 1; in a workbook the row's number
 * @param problems what is wrong with single cells, by their place from 0, that their text does not
 *     show
 */
record CsvRecord(long line, List<String> cells, Map<Integer, String> problems) {

  CsvRecord {
    cells = List.copyOf(cells);
    problems = Map.copyOf(problems);
  }

  /** One that is all text. */
  CsvRecord(long line, List<String> cells) {
    this(line, cells, Map.of());
  }

  /** Whether nothing stands in it, as in the empty lines that spreadsheets leave behind. */
  boolean isEmpty() {
    return problems.isEmpty() && cells.stream().allMatch(cell -> Cell.clean(cell).isEmpty());
  }
}
