package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.InputLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {

  private static final String[] PIECES = {
    "a", "\"", "\"\"", ",", "\n", "\r\n", "\\", " ", "雪", "prompt", "\t", "=", "\u0000"
  };

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @Test
  void whatAWriterQuotesIsReadBackAsItWas() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<List<String>> written = new ArrayList<>();
      StringBuilder text = new StringBuilder("prompt,a,b");
      for (int row = 0; row < 4; row++) {
        List<String> cells =
            List.of("x" + pieces(random), pieces(random).strip(), pieces(random).strip());
        written.add(cells);
        text.append("\r\n")
            .append(
                String.join(
                    ",", cells.stream().map(c -> '"' + c.replace("\"", "\"\"") + '"').toList()));
      }

      assertThat(CsvFiles.read(files.write(text.toString())).lines().stream().map(InputLine::cells))
          .containsExactlyElementsOf(
              written.stream()
                  .map(row -> row.stream().map(cell -> cell.replace("\r\n", "\n")).toList())
                  .toList());
    }
  }

  @Test
  void noRowIsSwallowedByARowBeforeItWithoutTheFileBeingRefused() throws IOException {
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      String text = "prompt,x\n" + pieces(random) + "\nLAST,1\n";
      Path file = files.write(text);
      try (OrderFile orders = OrderFile.open(file, CsvFiles.SHIPPED, CsvFiles.DEFAULTS)) {
        List<InputLine> lines = new ArrayList<>();
        for (InputLine line = orders.next(); line != null; line = orders.next()) {
          lines.add(line);
        }
        InputLine last = lines.get(lines.size() - 1);
        assertThat(last.cells()).as(text).containsExactly("LAST", "1");
        assertThat(last.number()).isEqualTo(text.chars().filter(c -> c == '\n').count());
      } catch (UnreadableInputException e) {
        refused++;
        assertThat(e.errors()).as(text).isNotEmpty();
      }
    }
    assertThat(refused).isBetween(300, 2_700);
  }

  private static String pieces(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
