package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorPrinterTest {

  private static final LineError MISSPELT =
      new LineError(
          7,
          "方向",
          "lanscape",
          Message.of("must be landscape or portrait"),
          List.of("landscape", "portrait"),
          "landscape");
  private static final LineError RAGGED =
      new LineError(12, "", "", Message.of("has 5 cells, the header 4"));

  @Test
  void aWideTerminalShowsATableWhoseColumnsStandBelowEachOther() {
    assertThat(said(100, MISSPELT, RAGGED))
        .containsExactly(
            "where         column  value     fix        problem",
            "shots.csv:7   方向    lanscape  landscape  must be landscape or portrait",
            "shots.csv:12                               has 5 cells, the header 4");
  }

  @Test
  void elsewhereEachErrorIsOneLine() {
    for (int width : List.of(0, 72)) {
      assertThat(said(width, MISSPELT, RAGGED))
          .containsExactly(MISSPELT.toString(), RAGGED.toString());
    }
  }

  @Test
  void aLongValueIsCutToItsColumn() {
    String wide = "雪".repeat(40);

    assertThat(said(200, new LineError(2, "size", wide, Message.of("is wrong"))).get(1))
        .isEqualTo("shots.csv:2  size    " + "雪".repeat(13) + "…        is wrong");
  }

  @Test
  void noValuePaintsOverTheTable() {
    assertThat(said(100, new LineError(2, "size", "a\u001b[2J", Message.of("is\nwrong"))))
        .hasSize(2)
        .last()
        .asString()
        .contains("a\\u001b[2J", "is\\nwrong");
  }

  @Test
  void withoutErrorsThereIsNoTable() {
    assertThat(said(200)).isEmpty();
  }

  private static List<String> said(int width, LineError... errors) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    new ErrorPrinter(Path.of("data/shots.csv"), "", width, new Phrases(Language.EN))
        .print(List.of(errors), out);
    return said.toString().lines().toList();
  }
}
