package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MillionRowsIT {

  private static final int ROWS = 1_000_000;

  @Test
  void aMillionRowsAreReadInTheMemoryOfAFew(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("million.csv");
    write(file);

    Process reading =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m", // the rows alone would take twenty times that
                "-cp",
                System.getProperty("java.class.path"),
                MillionRows.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).isEqualTo(Integer.toString(ROWS));
    assertThat(reading.waitFor()).isZero();
  }

  private static void write(Path file) throws IOException {
    try (Writer text = Files.newBufferedWriter(file)) {
      text.write("id,prompt,duration,note\n");
      for (int i = 0; i < ROWS; i++) {
        text.write("shot-" + i + ",\"a red kite over snow, take " + i + "\",15,雪山上的红色风筝\n");
      }
    }
  }
}
