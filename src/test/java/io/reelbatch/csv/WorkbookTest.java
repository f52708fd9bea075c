package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.WrittenOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sheet is read as the CSV that Excel saves from it. */
class WorkbookTest {

  @TempDir Path folder;
  private final Workbook workbook = new Workbook();

  @Test
  void theFirstSheetIsReadAndItsLinesAreExcelsRows() {
    workbook
        .rowAt(2, "编号", "提示词", "时长", "备注")
        .rowAt(4, "甲", "雪山上的红色风筝\n黄昏的光线", 15, "客户要求重拍")
        .rowAt(5, "", "", "", " ")
        .rowAt(9, "乙", "城市夜景", "", "", "", " ");

    CsvFiles.Read read = read();

    assertThat(read.columns()).containsExactly("编号", "提示词", "时长", "备注");
    assertThat(read.lines().stream().map(InputLine::number)).containsExactly(4L, 9L);
    assertThat(read.lines().get(0).cells()).containsExactly("甲", "雪山上的红色风筝\n黄昏的光线", "15", "客户要求重拍");
    assertThat(read.warnings()).isEmpty();
    assertThat(read.digest()).isEqualTo(digest());
  }

  @Test
  void cellsAreWhatExcelShows() {
    assertShown(10, "10");
    assertShown(new Workbook.Raw("", "<v>10.0</v>"), "10");
    assertShown(0.5, "0.5");
    assertShown(new Workbook.Raw("", "<v>0.69999999999999996</v>"), "0.7");
    assertShown(new Workbook.Raw("", "<v>0.30000000000000004</v>"), "0.3");
    assertShown(new Workbook.Raw("", "<v>0.33333333333333331</v>"), "0.333333333");
    assertShown(new Workbook.Raw("", "<v>1E3</v>"), "1000");
    assertShown(12345678901L, "12345678901");
    assertShown(-2.5, "-2.5");
    assertShown(0, "0");
    assertShown(true, "TRUE");
    assertShown(false, "FALSE");
    assertShown(
        new Workbook.Raw("t=\"inlineStr\"", "<is><t>as a program</t></is>"), "as a program");
    assertShown(Workbook.formula("", "5+5", "<v>10</v>"), "10");
    assertShown(Workbook.formula("t=\"str\"", "A1&amp;B1", "<v>a kite</v>"), "a kite");
    assertShown(Workbook.formula("t=\"b\"", "TRUE()", "<v>1</v>"), "TRUE");
    assertShown("one_x000D_\nline_x005F_x000D_", "one\nline_x000D_");
    assertShown("#REF!", "#REF!"); // typed as a text
  }

  @Test
  void aFormulaThatExcelHasCalculatedMayGiveNothing() {
    Object nothing = Workbook.formula("t=\"str\"", "\"\"", "<v></v>");

    CsvFiles.Read read =
        CsvFiles.read(one(nothing).part("xl/calcChain.xml", "<calcChain/>").write(file()));

    assertThat(read.errors()).isEmpty();
    assertThat(read.lines().get(0).cells()).containsExactly("a kite", "");
  }

  @Test
  void numbersAreShownInTheirFormat() {
    assertShown(workbook.number("15", "0"), "15");
    assertShown(workbook.number("15", "@"), "15");
    assertShown(workbook.number("15", "0.00"), "15.00");
    assertShown(workbook.number("2.5", "0"), "3");
    assertShown(workbook.number("1500", "#,##0"), "1,500");
    assertShown(workbook.number("15", "0.0_ "), "15.0");
    assertShown(workbook.number("0.25", "0%"), "25%");
  }

  @Test
  void whatExcelHidesOrMakesOfWhatWasTypedIsAnErrorOfItsColumn() {
    assertRefused(workbook.number("0.6729166666", "h:mm"), "16:09", "date or a time", "16:9");
    assertRefused(workbook.number("45000", "yyyy\\-mm\\-dd"), "2023-03-15", "date or a time");
    assertRefused(workbook.number("45000.5", "yyyy\"年\"m\"月\"d\"日\""), "2023-03-15 12:00", "date");
    assertRefused(new Workbook.Raw("t=\"e\"", "<v>#REF!</v>"), "#REF!", "error of the spreadsheet");
    assertRefused(
        Workbook.formula("t=\"e\"", "A1", "<v>#N/A</v>"), "#N/A", "error of the spreadsheet");
    assertRefused(Workbook.formula("", "A1", ""), "", "never calculated");
    assertRefused(Workbook.formula("", "A1", "<v/>"), "", "never calculated");
    assertRefused(1234567890123L, "1234567890123", "does not show in full", "as Text");
    assertRefused(new Workbook.Raw("", "<v>1E999999999</v>"), "1E+999999999", "as Text");
    assertRefused(workbook.number("15", "0\"秒\""), "15", "does not show in full", "秒");
  }

  @Test
  void inAColumnOfTheUsersOwnAnythingIsCarriedAlong() {
    workbook
        .row("prompt", "due", "left")
        .row(
            "a kite",
            workbook.number("45000", "yyyy-mm-dd"),
            new Workbook.Raw("t=\"e\"", "<v>#REF!</v>"));

    assertThat(read().lines().get(0).cells()).containsExactly("a kite", "2023-03-15", "#REF!");
    assertThat(read().errors()).isEmpty();
  }

  @Test
  void aSheetIsChosenByItsNameOrItsNumber() {
    workbook
        .row("prompt")
        .row("a kite")
        .sheet("镜头", "prompt", "a dog")
        .sheet("3", "prompt", "a cat");

    assertThat(read().order().prompt()).isEqualTo("a kite");
    assertThat(read().warnings())
        .singleElement()
        .asString()
        .contains("'Sheet1'", "first of 3", "--sheet");
    assertThat(readSheet("镜头").order().prompt()).isEqualTo("a dog");
    assertThat(readSheet("sheet1").order().prompt()).isEqualTo("a kite");
    assertThat(readSheet("2").order().prompt()).isEqualTo("a dog");
    assertThat(readSheet("3").order().prompt()).isEqualTo("a cat");
    assertThat(readSheet("2").warnings()).isEmpty();
  }

  @Test
  void aHiddenSheetIsNotTheFirst() {
    workbook
        .row("prompt")
        .row("of the list behind a drop-down")
        .sheet("shots", "prompt", "a kite")
        .part(
            "xl/workbook.xml",
            "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"a\" state=\"hidden\""
                    .formatted(Workbook.MAIN, Workbook.RELATIONS)
                + " r:id=\"rId1\"/><sheet name=\"b\" r:id=\"rId2\"/></sheets></workbook>");

    assertThat(read().order().prompt()).isEqualTo("a kite");
    assertThat(read().warnings()).isEmpty();
  }

  private void assertShown(Object cell, String text) {
    CsvFiles.Read read = CsvFiles.read(one(cell).write(file()));

    assertThat(read.errors()).as("%s", cell).isEmpty();
    assertThat(read.lines().get(0).cells()).as("%s", cell).containsExactly("a kite", text);
    CsvFiles.Read twin = new CsvFiles(folder).read("prompt,param.x", "a kite,\"" + text + "\"");
    assertThat(read.orders().stream().map(WrittenOrder::content))
        .isEqualTo(twin.orders().stream().map(WrittenOrder::content).toList());
  }

  private void assertRefused(Object cell, String value, String... words) {
    CsvFiles.Read read = CsvFiles.read(one(cell).write(file()));

    assertThat(read.errors())
        .singleElement()
        .asString()
        .startsWith("line 2, column param.x" + (value.isEmpty() ? "" : ", \"" + value + "\""))
        .contains(List.of(words));
  }

  private Workbook one(Object cell) {
    return new Workbook(workbook).row("prompt", "param.x").row("a kite", cell);
  }

  private CsvFiles.Read read() {
    return CsvFiles.read(workbook.write(file()));
  }

  private CsvFiles.Read readSheet(String sheet) {
    return CsvFiles.readSheet(workbook.write(file()), sheet);
  }

  private String digest() {
    try {
      return OrderFile.digestOf(file());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path file() {
    return folder.resolve("shots.xlsx");
  }

  @Test
  void aWorkbookWithoutStylesIsReadAsItStands() throws Exception {
    Path file = file();
    workbook.row("prompt", "duration").row("a kite", 15).write(file);
    try (java.nio.file.FileSystem zip = java.nio.file.FileSystems.newFileSystem(file)) {
      Files.delete(zip.getPath("xl/styles.xml"));
      withoutStyles(zip.getPath("xl/_rels/workbook.xml.rels"));
      withoutStyles(zip.getPath("[Content_Types].xml"));
    }

    CsvFiles.Read read = CsvFiles.read(file);

    assertThat(read.order().prompt()).isEqualTo("a kite");
    assertThat(read.order().fields())
        .hasEntrySatisfying("duration", value -> assertThat(value.asInt()).isEqualTo(15));
  }

  private static void withoutStyles(Path part) throws Exception {
    Files.writeString(part, Files.readString(part).replaceAll("<[^<>]*styles[^<>]*/>", ""));
  }
}
