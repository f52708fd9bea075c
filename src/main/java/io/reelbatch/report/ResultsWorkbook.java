package io.reelbatch.report;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;

/**
 * {@code results.xlsx}: the table of {@code results.csv} for Excel, in which links can be clicked
 * and states have a colour. Needs the same memory for any number of lines, but for its links.
 *
 * <p>Every method throws {@link java.io.UncheckedIOException} with a message for the operator.
 */
final class ResultsWorkbook implements AutoCloseable {

  private static final String SHEET = "results";

  private final PendingFile file;
  private final OutputStream bytes;
  private final Workbook workbook;
  private final CarriedColumns columns;
  private final Words words;
  private ResultsSheet sheet;
  private int sheets = 1;
  private int rows = 1;

  ResultsWorkbook(Path target, CarriedColumns columns, Words words) {
    file = new PendingFile(target);
    bytes = new BufferedOutputStream(file.bytes());
    workbook = new Workbook(bytes, "Reelbatch", null);
    this.columns = columns;
    this.words = words;
    sheet = new ResultsSheet(workbook, SHEET, columns.titles());
  }

  void add(ReportLine line) {
    try {
      if (rows == ResultsSheet.MOST_ROWS) {
        sheet.finish();
        sheets++;
        sheet = new ResultsSheet(workbook, SHEET + " " + sheets, columns.titles());
      }
      rows = sheet.nextRow();
    } catch (IOException e) {
      throw file.failure(e);
    }
    int place = 0;
    for (String cell : columns.fitted(line.cells())) {
      sheet.putLink(place, cell, ResultsSheet.webAddress(cell));
      place++;
    }
    for (ReportColumn column : ReportColumn.values()) {
      put(place, column, line);
      place++;
    }
  }

  private void put(int place, ReportColumn column, ReportLine line) {
    Object value = column.value(line);
    if (value == null) {
      return;
    }
    switch (column) {
      case VIDEO_URL ->
          sheet.putLink(place, value.toString(), ResultsSheet.webAddress(value.toString()));
      case VIDEO_FILE ->
          sheet.putLink(place, value.toString(), ResultsSheet.fileBeside(value.toString()));
      default -> sheet.put(place, value);
    }
    if (column == ReportColumn.STATE) {
      sheet.fill(place, StateColour.of(line.state()));
    }
  }

  /** Brings it to the disk, with the legend of its colours; what may fail has then happened. */
  void complete() {
    try {
      sheet.finish();
      legend();
      workbook.finish();
      bytes.flush();
    } catch (IOException e) {
      throw file.failure(e);
    }
    file.complete();
  }

  private void legend() throws IOException {
    ResultsSheet legend =
        new ResultsSheet(
            workbook, words.say("legend.sheet"), List.of("state", words.say("legend.meaning")));
    for (RowState state : RowState.values()) {
      legend.nextRow();
      legend.put(0, state.name());
      legend.fill(0, StateColour.of(state));
      legend.put(1, words.say("legend." + state));
    }
    legend.finish();
  }

  Path publish() {
    return file.publish();
  }

  @Override
  public void close() {
    file.close();
  }
}
