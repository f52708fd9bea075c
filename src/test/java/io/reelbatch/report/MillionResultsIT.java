package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MillionResultsIT {

  private static final int ROWS =
      1_048_576; // one more than the sheet has room for below its titles

  @Test
  void aMillionRowsAreWrittenInTheMemoryOfAFewAndTheRestGoesToASecondSheet(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("results.xlsx");

    Process writing =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m", // the links of two sheets, and one row like the others
                "-cp",
                System.getProperty("java.class.path"),
                MillionResults.class.getName(),
                file.toString(),
                Integer.toString(ROWS))
            .redirectErrorStream(true)
            .start();
    String said = new String(writing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).isEmpty();
    assertThat(writing.waitFor()).isZero();
    try (InputStream bytes = Files.newInputStream(file);
        ReadableWorkbook workbook = new ReadableWorkbook(bytes);
        Stream<Row> second = workbook.getSheet(1).orElseThrow().openStream()) {
      assertThat(second.map(row -> row.getCell(0).getText()))
          .containsExactly("id", "shot-" + (ROWS - 1));
    }
  }
}
