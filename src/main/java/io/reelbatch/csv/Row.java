package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row while it is read, with the errors found so far. Not thread-safe. */
final class Row {

  private final Header header;
  private final long line;
  private final List<String> cells;
  private final List<LineError> errors = new ArrayList<>();

  /** A row whose cells are as many as the columns. */
  Row(Header header, long line, List<String> cells) {
    this.header = header;
    this.line = line;
    this.cells = cells;
  }

  long line() {
    return line;
  }

  List<String> cells() {
    return cells;
  }

  List<LineError> errors() {
    return errors;
  }

  Cell cell(Column column) {
    return cell(column.canonical());
  }

  /** By the key of its column; empty when the file has no such column. */
  Cell cell(String key) {
    return header.cell(key, cells);
  }

  /** An id or a name, which goes into addresses and file names. */
  void refuseSecondLine(Cell cell) {
    if (cell.text().contains("\n") || cell.text().contains("\t")) {
      wrong(cell, Message.of("must be one line without tabs"));
    }
  }

  void wrong(Cell cell, Message problem) {
    wrong(cell, problem, List.of(), null);
  }

  void wrong(Cell cell, Message problem, List<String> allowed, @Nullable String fix) {
    errors.add(new LineError(line, cell.heading(), cell.text(), problem, allowed, fix));
  }
}
