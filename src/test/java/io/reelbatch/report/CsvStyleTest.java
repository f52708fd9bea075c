package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvStyleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "\tred kite",
        "\rred kite",
        "\nred kite",
        " =1+1",
        "\u00a0=1+1",
        "\u3000=1+1",
        "\ufeff=1+1",
        "\u200b=1+1",
        "\u0000=1+1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠SUM(A1)",
        " \t ＝1+1",
        "-",
        "-5 apples",
        "+1-5",
        "--5",
        " -5"
      })
  void whatASpreadsheetWouldRunGetsAnApostrophe(String cell) {
    assertThat(CsvStyle.SPREADSHEET.cell(cell)).isEqualTo("'" + cell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a red kite = freedom",
        "5",
        "-5",
        "+3.2",
        "-0.75",
        "'=1+1",
        "~12ab.1",
        "雪山上的红色风筝",
        "https://cdn.example/v.mp4?a=1"
      })
  void plainTextsAndPlainNumbersStayAsTheyAre(String cell) {
    assertThat(CsvStyle.SPREADSHEET.cell(cell)).isEqualTo(cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "\tkite", "＝1+1", "-2+3"})
  void verbatimChangesNoCell(String cell) {
    assertThat(CsvStyle.VERBATIM.cell(cell)).isEqualTo(cell);
  }

  @Test
  void quotesStandOnlyWhereTheyAreNeeded() {
    assertThat(CsvStyle.VERBATIM.line(List.of("", "kite", "a,b", "say \"hi\"", "a\nb", "c\\d", "")))
        .isEqualTo(",kite,\"a,b\",\"say \"\"hi\"\"\",\"a\nb\",c\\d,\r\n");
  }

  @Test
  void lineBreaksInACellStayAsTheyAre() {
    assertThat(CsvStyle.VERBATIM.line(List.of("a\r\nb", "c\rd", "e\n")))
        .isEqualTo("\"a\r\nb\",\"c\rd\",\"e\n\"\r\n");
  }

  @Test
  void outerSpacesAreQuotedBecauseSomeReadersTrim() {
    assertThat(CsvStyle.VERBATIM.line(List.of(" a", "b ", "c"))).isEqualTo("\" a\",\"b \",c\r\n");
  }

  @Test
  void anEmptyCellAloneIsNotABlankLine() {
    assertThat(CsvStyle.VERBATIM.line(List.of(""))).isEqualTo("\"\"\r\n");
  }
}
