package io.reelbatch.report;

import static io.reelbatch.report.Line.line;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.Language;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.nio.file.Path;
import java.util.List;

/** Writes a workbook of more rows than a sheet takes; started with a small heap. */
final class MillionResults {

  private MillionResults() {}

  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    CarriedColumns columns = CarriedColumns.of(List.of("id", "prompt"));
    try (ResultsWorkbook workbook =
        new ResultsWorkbook(
            Path.of(arguments[0]), columns, Words.beside(ReportWriter.class, Language.EN))) {
      for (int i = 0; i < rows; i++) {
        workbook.add(row(i));
      }
      workbook.complete();
      workbook.publish();
    }
  }

  private static ReportLine row(int i) {
    return line(2 + i, "shot-" + i, "a red kite over snow, take " + i)
        .submitted("2026-11-20T08:56:48Z", "sora-2:task_" + i)
        .finished("2026-11-20T08:58:13Z")
        .link("https://cdn.example/" + i + ".mp4", null)
        .is(i % 7 == 0 ? RowState.FAILED : RowState.SUCCEEDED);
  }
}
