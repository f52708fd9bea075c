package io.reelbatch.report;

import static io.reelbatch.model.RowState.FAILED;
import static io.reelbatch.model.RowState.SUCCEEDED;
import static io.reelbatch.report.Completeness.FINISHED;
import static io.reelbatch.report.Line.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.Language;
import io.reelbatch.model.RowState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsWorkbookTest {

  private static final String SHEET = "xl/worksheets/sheet1.xml";
  private static final String LINKS = "xl/worksheets/_rels/sheet1.xml.rels";

  private final Path directory;

  ResultsWorkbookTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void itHasTheTableOfResultsCsv() {
    ReportLine done =
        line(2, "kite", " a red kite\n\tover snow ")
            .row("kite")
            .submitted("2026-11-20T08:56:48.912Z", "sora-2:task_01")
            .polled(7)
            .finished("2026-11-20T08:58:13.462Z")
            .link("https://cdn.example/v.mp4?a=1&b=2", "2026-11-21T08:58:13Z")
            .fetched("videos/kite 雪.mp4", 4711, "ba78")
            .cost("0.4", "USD")
            .is(SUCCEEDED);
    ReportLine refused =
        line(3, "dog", "雪🪁 _x000D_ <b>&").error("moderation", "no \"dogs\"", "不行").is(FAILED);

    ReportFiles files = report(new FakeLines(List.of("id", "prompt"), done, refused));

    assertThat(rows()).isEqualTo(Csv.read(files.results()).lines());
    // Which Excel would else read in its own way: a line end, and no space around.
    assertThat(part(SHEET)).contains("_x005F_x000D_", "xml:space=\"preserve\"> a red kite");
  }

  @Test
  void numbersAreNumbersAndNothingElseIs() {
    report(new FakeLines(List.of("take"), line(2, "007").polled(3).is(SUCCEEDED)));

    Row row = sheet(0).get(1);
    assertThat(row.getCell(0).getType()).isEqualTo(CellType.STRING);
    assertThat(row.getCell(0).getText()).isEqualTo("007");
    assertThat(row.getCell(1).getType()).isEqualTo(CellType.NUMBER);
    assertThat(row.getCell(15).asNumber()).isEqualByComparingTo("3");
  }

  @Test
  void noTextIsAFormulaOrAScriptWhoeverWroteIt() {
    String hostile = "=cmd|'/C calc'!A0";
    report(
        new FakeLines(
            List.of(hostile),
            line(2, hostile).link("javascript:alert(1)", null).error("+1", "@x", "-1").is(FAILED),
            line(3, "=HYPERLINK(\"http://evil.example\")")
                .link("file:///etc/passwd", null)
                .is(FAILED)));

    assertThat(part(SHEET)).doesNotContain("<f>", "<hyperlink ");
    assertThat(rows().get(0)).startsWith(hostile);
    assertThat(rows().get(1)).startsWith(hostile).contains("javascript:alert(1)", "+1", "@x", "-1");
  }

  @Test
  void videosAndAddressesCanBeClickedEachInItsPlace() {
    report(
        new FakeLines(
            List.of("images"),
            line(2, "https://a.example/雪.png")
                .link("https://cdn.example/v?a=1&b=2", null)
                .is(SUCCEEDED),
            line(3, "x")
                .link("https://cdn.example/v?a=1&b=2", null)
                .fetched("videos/a b.mp4", 1, "f")
                .is(SUCCEEDED)));

    assertThat(part(SHEET)).contains("ref=\"A2\"", "ref=\"F2\"", "ref=\"F3\"", "ref=\"G3\"");
    assertThat(part(LINKS))
        .contains(
            "\"https://a.example/%E9%9B%AA.png\"",
            "\"https://cdn.example/v?a=1&amp;b=2\"", "\"videos/a%20b.mp4\"");
  }

  @Test
  void whatExcelDoesNotTakeForALinkStaysText() {
    String longest = "https://a.example/" + "x".repeat(2_079 - 18);
    report(
        new FakeLines(
            List.of("prompt"),
            line(2, "a").link(longest, null).is(SUCCEEDED),
            line(3, "b").link(longest + "x", null).is(SUCCEEDED),
            line(4, "c").link("https://a b/", null).is(SUCCEEDED)));

    assertThat(count("<hyperlink ", part(SHEET))).isEqualTo(1);
    assertThat(rows().get(2)).contains(longest + "x");
  }

  @Test
  void linksBeyondThoseThatASheetTakesAreText() {
    List<ReportLine> many =
        LongStream.rangeClosed(2, 65_533)
            .mapToObj(n -> line(n, "p").link("https://a.example/" + n, null).is(SUCCEEDED))
            .toList();

    report(
        new LineSource() {
          @Override
          public List<String> columns() {
            return List.of("prompt");
          }

          @Override
          public List<ReportLine> after(long position, int limit) {
            int from = position == 0 ? 0 : (int) InputLine.lineAt(position) - 1;
            return many.subList(from, Math.min(many.size(), from + limit));
          }
        });

    assertThat(count("<hyperlink ", part(SHEET))).isEqualTo(65_530);
    assertThat(part(SHEET)).contains("https://a.example/65533");
  }

  @Test
  void aTextLongerThanACellIsCutAndSaysWhereAllOfItIs() {
    report(
        new FakeLines(
            List.of("prompt", "note"), line(2, "雪".repeat(40_000), "x".repeat(32_767)).is(FAILED)));

    assertThat(rows().get(1).get(0)).hasSize(32_767).endsWith("results.csv has all of it)");
    assertThat(rows().get(1).get(1)).isEqualTo("x".repeat(32_767));
  }

  @Test
  void theTitlesStayInSightAndFilter() {
    report(new FakeLines(List.of("prompt"), line(2, "a").is(SUCCEEDED), line(3, "b").is(FAILED)));

    assertThat(part(SHEET))
        .contains("state=\"frozen\"", "ySplit=\"1\"", "<autoFilter ref=\"A1:Q3\">");
  }

  @Test
  void everyStateHasItsColourAndTheLegendSaysWhatItMeans() {
    report(
        new FakeLines(List.of("prompt"), line(2, "a").is(SUCCEEDED)),
        new Briefed().in(Language.ZH));

    List<Row> legend = sheet(1);
    assertThat(legend).hasSize(1 + RowState.values().length);
    assertThat(legend.get(1).getCell(1).getText()).isEqualTo("还没提交。");
    assertThat(part("xl/styles.xml")).contains(StateColour.of(SUCCEEDED), StateColour.of(FAILED));
  }

  @Test
  void itIsWrittenWhereItIsAskedForOrThereAlready() throws IOException {
    FakeLines lines = new FakeLines(List.of("prompt"), line(2, "a").is(SUCCEEDED));
    Path workbook = directory.resolve("results.xlsx");

    new ReportWriter(lines, directory, new Briefed().briefing()).write(FINISHED);
    assertThat(workbook).doesNotExist();

    Files.writeString(workbook, "an earlier one");
    new ReportWriter(lines, directory, new Briefed().briefing()).write(FINISHED);
    assertThat(rows()).hasSize(2);
    assertThat(directory.toFile().list()).noneMatch(name -> name.startsWith("."));
  }

  private ReportFiles report(LineSource lines) {
    return report(lines, new Briefed());
  }

  private ReportFiles report(LineSource lines, Briefed briefed) {
    return new ReportWriter(lines, directory, briefed.briefing(), Set.of(ReportExtra.WORKBOOK))
        .write(FINISHED);
  }

  private List<List<String>> rows() {
    List<Row> rows = sheet(0);
    int columns = rows.get(0).getCellCount();
    return rows.stream().map(row -> cells(row, columns)).toList();
  }

  private static List<String> cells(Row row, int columns) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      Cell cell = i < row.getCellCount() ? row.getCell(i) : null;
      // As Excel does, and the reader does not.
      cells.add(cell == null ? "" : cell.getText().replace("_x005F_", "_"));
    }
    return cells;
  }

  private List<Row> sheet(int number) {
    try (InputStream bytes = Files.newInputStream(directory.resolve("results.xlsx"));
        ReadableWorkbook workbook = new ReadableWorkbook(bytes);
        Stream<Row> rows = workbook.getSheet(number).orElseThrow().openStream()) {
      return rows.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String part(String name) {
    try (ZipFile zip = new ZipFile(directory.resolve("results.xlsx").toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(String part, String text) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
