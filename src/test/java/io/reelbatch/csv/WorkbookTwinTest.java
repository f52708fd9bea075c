package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.InputLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A workbook and the CSV that Excel saves from it are the same rows: neither is paid for twice. */
class WorkbookTwinTest {

  private static final List<List<String>> HEADINGS =
      List.of(
          List.of("id", "prompt", "duration", "watermark", "param.seed", "note"),
          List.of("编号", "提示词", "时长", "水印", "param.seed", "备注"));

  @Property(tries = 150)
  void bothHaveTheSameRowsWhateverIsInThem(
      @ForAll("rows") List<List<Object>> rows, @ForAll boolean chinese) throws IOException {
    Path folder = Files.createTempDirectory("twin");
    List<String> headings = HEADINGS.get(chinese ? 1 : 0);
    Workbook workbook = new Workbook().row(headings.toArray());
    StringBuilder csv = new StringBuilder("\uFEFF" + String.join(",", headings) + "\r\n");
    for (List<Object> row : rows) {
      workbook.row(row.toArray());
      csv.append(row.stream().map(WorkbookTwinTest::saved).collect(Collectors.joining(",")))
          .append("\r\n");
    }

    CsvFiles.Read sheet = CsvFiles.read(workbook.write(folder.resolve("twin.xlsx")));
    CsvFiles.Read twin = new CsvFiles(folder).read(csv.toString());

    assertThat(sheet.columns()).isEqualTo(twin.columns());
    assertThat(sheet.errors()).hasSameSizeAs(twin.errors());
    assertThat(orders(sheet)).isEqualTo(orders(twin));
    assertThat(sheet.lines().stream().map(InputLine::cells))
        .isEqualTo(twin.lines().stream().map(InputLine::cells).toList());
  }

  private static List<String> orders(CsvFiles.Read read) {
    return read.lines().stream()
        .map(InputLine::order)
        .map(order -> order == null ? "wrong" : order.content() + " " + order)
        .toList();
  }

  /** As Excel writes a cell into a CSV. */
  private static String saved(Object cell) {
    String text = cell instanceof Boolean truth ? truth ? "TRUE" : "FALSE" : cell.toString();
    return text.matches("(?s).*[\",\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  @Provide
  Arbitrary<List<List<Object>>> rows() {
    Arbitrary<Object> text =
        Arbitraries.of(
            "",
            "a kite",
            " a kite ",
            "红色的风筝，雪",
            "two\nlines",
            "say \"hi\", then <go> & wait",
            "=1+1",
            "𠮷野家 🎬",
            "e\u0301tude",
            "ｆｕｌｌ　ｗｉｄｔｈ",
            "007",
            "_x");
    Arbitrary<Object> number =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 2_000_000_000).map(each -> (Object) each),
            Arbitraries.of(10, 15, 25, 0.5, 12.25, new BigDecimal("0.0001"), 12345678901L));
    Arbitrary<Object> truth = Arbitraries.of(true, false, "");
    return Combinators.combine(text, text, number, truth, number, text)
        .as(
            (id, prompt, seconds, mark, seed, note) ->
                List.of(id, prompt, seconds, mark, seed, note))
        .list()
        .ofMaxSize(12);
  }
}
