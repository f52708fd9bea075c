package io.reelbatch.report;

import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Every error of a rejected input as a table, for the person who mends the file. */
public final class ErrorTable {

  private static final List<String> TITLES =
      List.of("file", "line", "column", "value", "problem", "allowed", "fix");

  private ErrorTable() {}

  /**
   * Writes {@code errors.csv}, safe to open in a spreadsheet, in place of an earlier one. An
   * earlier report in the same directory is left as it is: nothing was sent, so it still holds.
   *
   * @param directory made when it is not there
   * @param input the file that they are in
   * @param language in which problems are told; the columns are named the same in all
   * @return the file
   * @throws java.io.UncheckedIOException when it cannot be written; the message names it
   */
  public static Path write(
      Path directory,
      Path input,
      List<LineError> errors,
      Language language,
      Set<ReportExtra> extras) {
    PendingFile.prepare(directory);
    try (PendingFile file = new PendingFile(directory.resolve("errors.csv"))) {
      if (extras.contains(ReportExtra.BYTE_ORDER_MARK)) {
        file.append(CsvStyle.BYTE_ORDER_MARK);
      }
      file.append(CsvStyle.SPREADSHEET.line(TITLES));
      for (LineError error : errors) {
        file.append(
            CsvStyle.SPREADSHEET.line(
                List.of(
                    String.valueOf(input.getFileName()),
                    Long.toString(error.line()),
                    error.column(),
                    error.value(),
                    error.problem().in(language),
                    String.join(" | ", error.allowed()),
                    Objects.requireNonNullElse(error.fix(), ""))));
      }
      file.complete();
      return file.publish();
    }
  }

  /**
   * Takes an earlier table away: the input was let in since.
   *
   * @throws java.io.UncheckedIOException when it cannot be removed; the message names it
   */
  public static void remove(Path directory) {
    PendingFile.remove(directory.resolve("errors.csv"));
  }
}
