package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the public suites of CSV files ask of a reader, and RFC 4180 itself: each text, and the
 * cells in it.
 */
class CsvSuiteTest {

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  static Stream<Arguments> readable() {
    return Stream.of(
        file(
            "simple",
            "prompt,b\nkite,1\ndog,2\n",
            row("prompt", "b"),
            row("kite", "1"),
            row("dog", "2")),
        file(
            "a comma in quotes",
            "prompt,b\n\"a kite, red\",1\n",
            row("prompt", "b"),
            row("a kite, red", "1")),
        file(
            "empty cells, quoted and not",
            "prompt,b,c,d\nx,,\"\",\n",
            row("prompt", "b", "c", "d"),
            row("x", "", "", "")),
        file(
            "a first cell that is empty",
            "prompt,b\n,\"\"\n,y\n",
            row("prompt", "b"),
            row("", "y")),
        file(
            "doubled quotation marks",
            "prompt\n\"say \"\"go\"\"\"\n\"\"\"\"\n",
            row("prompt"),
            row("say \"go\""),
            row("\"")),
        file(
            "JSON in a cell",
            "prompt,b\nx,\"{\"\"a\"\": [1, \"\"two\"\"]}\"\n",
            row("prompt", "b"),
            row("x", "{\"a\": [1, \"two\"]}")),
        file(
            "LF in a cell", "prompt,b\n\"one\ntwo\",1\n", row("prompt", "b"), row("one\ntwo", "1")),
        file(
            "CRLF in a cell of a CRLF file",
            "prompt,b\r\n\"one\r\ntwo\",1\r\n",
            row("prompt", "b"),
            row("one\ntwo", "1")),
        file(
            "LF in a cell of a CRLF file, as Excel saves it",
            "prompt,b\r\n\"one\ntwo\",1\r\n",
            row("prompt", "b"),
            row("one\ntwo", "1")),
        file(
            "quotation marks and line ends in one cell",
            "prompt,b\n\"\"\"one\"\"\n\"\"two\"\"\n\",1\n",
            row("prompt", "b"),
            row("\"one\"\n\"two\"\n", "1")),
        file(
            "characters of all planes",
            "prompt,b\n雪山 é Ж عربي,🪁👩‍🚀\n",
            row("prompt", "b"),
            row("雪山 é Ж عربي", "🪁👩‍🚀")),
        file(
            "coordinates",
            "prompt,at\nx,\"48°51'29.6\"\"N, 2°17'40.2\"\"E\"\n",
            row("prompt", "at"),
            row("x", "48°51'29.6\"N, 2°17'40.2\"E")),
        file("a byte order mark", "\uFEFFprompt,b\nx,1\n", row("prompt", "b"), row("x", "1")),
        file(
            "a byte order mark before a quotation mark",
            "\uFEFF\"prompt\",b\nx,1\n",
            row("prompt", "b"),
            row("x", "1")),
        file("CR alone", "prompt,b\rx,1\ry,2\r", row("prompt", "b"), row("x", "1"), row("y", "2")),
        file(
            "line ends of all kinds",
            "prompt\na\r\nb\rc",
            row("prompt"),
            row("a"),
            row("b"),
            row("c")),
        file("no end of the last line", "prompt,b\nx,1", row("prompt", "b"), row("x", "1")),
        file(
            "no end of a last quoted line", "prompt,b\nx,\"1\"", row("prompt", "b"), row("x", "1")),
        file(
            "fewer cells than the header",
            "prompt,b,c\nx\ny,1\n",
            row("prompt", "b", "c"),
            row("x"),
            row("y", "1")),
        file("more cells than the header", "prompt\nx,1,2\n", row("prompt"), row("x", "1", "2")),
        file(
            "spaces are part of a cell",
            "prompt,b\n x , 1\n",
            row("prompt", "b"),
            row(" x ", " 1")),
        file("empty lines", "\n\nprompt\n\n,\n   \nx\n\n", row("prompt"), row("x")),
        file(
            "a line end in a heading",
            "prompt,\"b\n(two)\"\nx,1\n",
            row("prompt", "b\n(two)"),
            row("x", "1")),
        file(
            "back slashes mean nothing",
            "prompt,b\nC:\\new\\,\"\\\"\n",
            row("prompt", "b"),
            row("C:\\new\\", "\\")),
        file("apostrophes quote nothing", "prompt,b\n'a,b'\n", row("prompt", "b"), row("'a", "b'")),
        file("semicolons", "prompt;b\n\"a;b\";1,5\n", row("prompt", "b"), row("a;b", "1,5")),
        file("tabs", "b\tprompt\n1,5\ta, b\n", row("b", "prompt"), row("1,5", "a, b")),
        file("sep=", "sep=;\r\nprompt;b\r\nx;1\r\n", row("prompt", "b"), row("x", "1")),
        file(
            "sep= of a sign that is seldom one",
            "\uFEFFsep=|\nprompt|b\nx,y|1\n",
            row("prompt", "b"),
            row("x,y", "1")),
        file(
            "a formula is text",
            "prompt\n=1+1\n\"=HYPERLINK(\"\"x\"\")\"\n",
            row("prompt"),
            row("=1+1"),
            row("=HYPERLINK(\"x\")")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void theCellsAreWhatTheFileSays(String name, String text, List<List<String>> rows)
      throws IOException {
    assertThat(records(text)).as(name).isEqualTo(rows);
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        arguments("a cell that is never closed", "prompt\n\"one\ntwo\n"),
        arguments("text after a closing quotation mark", "prompt,b\n\"one\" two,1\n"),
        arguments("a quotation mark inside a plain cell", "prompt,b\n5\" nail,1\n"),
        arguments("a space before the quotation mark", "prompt,b\nx, \"a,b\"\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void whatTheRfcDoesNotAllowIsRefusedAndNeverGuessed(String name, String text) {
    assertThatThrownBy(() -> records(text)).as(name).isInstanceOf(UnreadableInputException.class);
  }

  private List<List<String>> records(String text) throws IOException {
    Path file = files.write(text);
    Charset charset = Encoding.of(file);
    List<List<String>> rows = new ArrayList<>();
    try (CsvRecords records = new CsvRecords(file, charset, Separator.of(file, charset))) {
      CsvRecord record = records.next();
      while (record != null) {
        rows.add(record.cells());
        record = records.next();
      }
    }
    return rows;
  }

  @SafeVarargs
  private static Arguments file(String name, String text, List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    return arguments(name, text, all);
  }

  private static List<String> row(String... cells) {
    return List.of(cells);
  }
}
