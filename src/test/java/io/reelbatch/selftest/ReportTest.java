package io.reelbatch.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir Path folder;

  @Test
  void bothFilesAreReadByTheNamesOfTheirColumns() throws IOException {
    Files.writeString(
        folder.resolve("results.csv"),
        "prompt,line,state,task_id\r\n\"a \"\"red\"\", kite\",2,SUCCEEDED,t:1\r\ncat,3,IN_DOUBT,\r\n");
    Files.writeString(
        folder.resolve("results.jsonl"),
        "{\"prompt\":\"cat\",\"state\":\"IN_DOUBT\",\"task_id\":null}\n");

    Report report = Report.in(folder);

    assertThat(report.table())
        .containsExactly(
            new ReportedRow("a \"red\", kite", "SUCCEEDED", "t:1"),
            new ReportedRow("cat", "IN_DOUBT", ""));
    assertThat(report.lines()).containsExactly(new ReportedRow("cat", "IN_DOUBT", ""));
  }

  @Test
  void aBatchWithoutResultsExplainsNothing() {
    assertThat(Report.in(folder).table()).isEmpty();
    assertThat(Report.in(folder).lines()).isEmpty();
  }
}
