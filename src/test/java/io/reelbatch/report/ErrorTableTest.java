package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorTableTest {

  private static final Path INPUT = Path.of("data/shots.csv");

  private final Path directory;

  ErrorTableTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyErrorHasItsLine() {
    Path file =
        ErrorTable.write(
            directory.resolve("new"),
            INPUT,
            List.of(
                new LineError(3, "时长", "7", Message.of("must be 4 or 8"), List.of("4", "8"), "8"),
                new LineError(9, "", "", Message.of("has 5 cells, the header has 4"))),
            Language.EN,
            Set.of());

    assertThat(file).isEqualTo(directory.resolve("new/errors.csv"));
    assertThat(Csv.read(file).lines())
        .containsExactly(
            List.of("file", "line", "column", "value", "problem", "allowed", "fix"),
            List.of("shots.csv", "3", "时长", "7", "must be 4 or 8", "4 | 8", "8"),
            List.of("shots.csv", "9", "", "", "has 5 cells, the header has 4", "", ""));
  }

  @Test
  void noCellRunsInASpreadsheet() {
    Path file =
        ErrorTable.write(
            directory,
            INPUT,
            List.of(
                new LineError(
                    2,
                    "@size",
                    "=cmd|'/C calc'!A0",
                    Message.of("unknown"),
                    List.of("@a", "b"),
                    "=a")),
            Language.EN,
            Set.of());

    assertThat(Csv.read(file).rows())
        .containsExactly(
            List.of("shots.csv", "2", "'@size", "'=cmd|'/C calc'!A0", "unknown", "'@a | b", "'=a"));
  }

  @Test
  void excelIsToldItsEncodingWhereThatIsAskedFor() {
    Path file =
        ErrorTable.write(
            directory, INPUT, List.of(), Language.EN, Set.of(ReportExtra.BYTE_ORDER_MARK));

    assertThat(file).content().startsWith("\uFEFFfile,line,");
  }

  @Test
  void anEarlierReportIsLeftAlone() throws IOException {
    Path results = Files.writeString(directory.resolve("results.csv"), "earlier");
    Path marker = Files.writeString(directory.resolve("UNFINISHED.txt"), "still so");

    ErrorTable.write(directory, INPUT, List.of(), Language.EN, Set.of());

    assertThat(results).hasContent("earlier");
    assertThat(marker).hasContent("still so");
  }
}
