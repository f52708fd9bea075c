package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no workbook, or one made to do harm, is refused in words, before a row of it is used. */
class WorkbookGuardTest {

  private static final String SHEET = "xl/worksheets/sheet1.xml";

  @TempDir Path folder;
  private Workbook workbook;

  @BeforeEach
  void write() {
    workbook = new Workbook().row("prompt").row("a kite");
  }

  @Test
  void otherFormatsAreNamedAndWhatToSaveInstead() throws IOException {
    assertRefused("shots.xls", HexFormat.of().parseHex("d0cf11e0a1b11ae10000"))
        .contains("old Excel (.xls)", "Excel Workbook (.xlsx)", "CSV UTF-8");
    assertRefused("shots.xlsx", HexFormat.of().parseHex("d0cf11e0a1b11ae10000"))
        .contains("password", "CSV UTF-8");
    assertArchive("mimetype", "content.xml").contains("OpenDocument", ".xlsx");
    assertArchive("Index/Document.iwa").contains("Numbers", ".xlsx");
    assertArchive("xl/workbook.bin").contains(".xlsb", ".xlsx");
    assertArchive("readme.txt").contains("archive", ".xlsx");
  }

  @Test
  void aWorkbookIsKnownByItsContentAndNotByItsEnding() throws IOException {
    Path file = workbook.write(folder.resolve("shots.csv"));
    Path text = Files.writeString(folder.resolve("text.xlsx"), "prompt\na dog\n");

    assertThat(CsvFiles.read(file).order().prompt()).isEqualTo("a kite");
    assertThat(CsvFiles.read(text).order().prompt()).isEqualTo("a dog");
  }

  @Test
  void whereverItIsCutOrSpoiltItIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(workbook.write(folder.resolve("shots.xlsx")));

    for (int length = 4; length < whole.length; length += 97) {
      assertRefused("cut.xlsx", java.util.Arrays.copyOf(whole, length)).contains("workbook");
    }
    int checked = 0;
    for (int at = 40; at < whole.length; at += 41) {
      byte[] spoilt = whole.clone();
      spoilt[at] ^= 0x10;
      Path file = Files.write(folder.resolve("spoilt.xlsx"), spoilt);
      try {
        // Where the directory of the archive is spoilt in what nobody reads, all is still there.
        assertThat(CsvFiles.read(file).order().prompt()).isEqualTo("a kite");
      } catch (java.io.UncheckedIOException e) {
        assertThat(e).hasCauseInstanceOf(UnreadableInputException.class);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  @Test
  void aLineThatCannotBeReadIsNamed() throws IOException {
    assertSheet("<row r=\"1\"><c r=\"A1\" t=\"x\"><v>1</v></c></row>").contains("cannot be read");
    assertSheet(workbook.rows() + "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>2000000000</v></c></row>")
        .contains("line 7", "no number");
    assertSheet(workbook.rows() + "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>99</v></c></row>")
        .contains("line 7", "text that is not there");
    assertSheet(workbook.rows() + "<row r=\"1\"/>").contains("damaged", "line 2", "row 1");
    assertSheet(workbook.rows() + "<row r=\"3\"><c r=\"A4\"/></row>").contains("line 3", "A4");
  }

  @Test
  void itIsNoLargerThanExcelCouldMakeIt() throws IOException {
    assertSheet(workbook.rows() + "<row r=\"3\"><c r=\"ZZZZZZ3\"><v>1</v></c></row>")
        .contains("line 3", "16384 columns", "CSV UTF-8");
    assertSheet(workbook.rows() + "<row r=\"3\"><c r=\"XFE3\"/></row>").contains("16384 columns");
    assertSheet("<row>" + "<c/>".repeat(16_385) + "</row>").contains("16384 columns");
    assertSheet(workbook.rows() + "<row r=\"1048577\"/>").contains("1048576 rows", "CSV UTF-8");
    assertSheet("<row/>".repeat(1_048_577)).contains("1048576 rows");
    assertSheet("<row r=\"1\">" + "<x>".repeat(200)).contains("nested");
    assertSheet("<row r=\"1\"><c r=\"A1\" x=\"" + "x".repeat(1 << 21) + "\"/>").contains("1 MiB");
    assertSheet(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
                + "x".repeat(200_000)
                + "</t></is></c></row>")
        .contains("100000 characters");
    assertSheet(
            "<row r=\"1\"><c r=\"A1\">"
                + "<f ref=\"A1:A1\" t=\"array\">1</f>".repeat(20_001)
                + "</c></row>")
        .contains("array formulas");
  }

  @Test
  void whatUnpacksToAnythingIsRefusedHoweverItIsNamed() throws IOException {
    for (String name : List.of("xl/sharedStrings.xml", "xl/media/image1.png")) {
      Path file = workbook.part(name, "<sst>" + "<a/>".repeat(1 << 20) + "</sst>").write(file());

      assertThat(file.toFile()).satisfies(packed -> assertThat(packed.length()).isLessThan(50_000));
      assertThatThrownBy(() -> WorkbookGuard.check(file, 3 << 20, 1 << 20))
          .isInstanceOf(UnreadableInputException.class)
          .hasMessageContainingAll("more than 3 MiB", "unpacked", "CSV UTF-8");
    }
  }

  @Test
  void textsThatWouldFillTheMemoryAreNotRead() throws IOException {
    Path file = workbook.row("x".repeat(5_000)).row("雪".repeat(3_000)).write(file());

    WorkbookGuard.check(file, 1 << 20, 12_000);
    assertThatThrownBy(() -> WorkbookGuard.check(file, 1 << 20, 11_000))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContainingAll("memory", "CSV UTF-8");
  }

  @Test
  void entitiesAreNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "a secret");
    String declared =
        "<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY e SYSTEM \"%s\">]><sst xmlns=\"%s\"><si><t>&e;</t></si></sst>"
            .formatted(secret.toUri(), Workbook.MAIN);

    assertRefused(workbook.part("xl/sharedStrings.xml", declared).write(file()))
        .contains("document type")
        .doesNotContain("a secret");
  }

  private AbstractStringAssert<?> assertSheet(String rows) throws IOException {
    return assertRefused(workbook.part(SHEET, Workbook.sheetXml(rows)).write(file()));
  }

  private AbstractStringAssert<?> assertArchive(String... names) throws IOException {
    Path file = folder.resolve("shots.xlsx");
    try (OutputStream bytes = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[] {'<', 'x', '/', '>'});
      }
    }
    return assertRefused(file);
  }

  private AbstractStringAssert<?> assertRefused(String name, byte[] bytes) throws IOException {
    return assertRefused(Files.write(folder.resolve(name), bytes));
  }

  private static AbstractStringAssert<?> assertRefused(Path file) {
    UnreadableInputException refused =
        catchThrowableOfType(
            UnreadableInputException.class, () -> CsvFiles.readThrough(file, Hints.NONE));
    assertThat(refused).isNotNull();
    return assertThat(refused.errors()).singleElement().asString();
  }

  private Path file() {
    return folder.resolve("shots.xlsx");
  }
}
