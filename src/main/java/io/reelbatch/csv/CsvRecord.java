package io.reelbatch.csv;

import io.reelbatch.model.Message;
import java.util.List;
import java.util.Map;

/**
 * A record of the file, its quoting undone.
 *
 * @param line the line on which it starts, counted from 1; in a workbook the row's number
 * @param problems what is wrong with single cells, by their place from 0, that their text does not
 *     show
 */
record CsvRecord(long line, List<String> cells, Map<Integer, Message> problems) {

  CsvRecord {
    cells = List.copyOf(cells);
    problems = Map.copyOf(problems);
  }

  /** One that is all text. */
  CsvRecord(long line, List<String> cells) {
    this(line, cells, Map.of());
  }

  /** The same line with other cells. */
  CsvRecord with(List<String> others) {
    return new CsvRecord(line, others, problems);
  }

  /** Whether nothing stands in it, as in the empty lines that spreadsheets leave behind. */
  boolean isEmpty() {
    return problems.isEmpty() && filled() == 0;
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
