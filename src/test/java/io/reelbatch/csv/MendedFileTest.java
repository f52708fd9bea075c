package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.CellChange;
import io.reelbatch.model.WrittenOrder;
import io.reelbatch.report.NewCsv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check --fix} writes: a better file of the same rows. */
class MendedFileTest {

  private Path folder;
  private CsvFiles files;
  private List<CellChange> changes = List.of();
  private int number;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    this.folder = folder;
    files = new CsvFiles(folder);
  }

  @Test
  void aSlipIsMendedWhereOneThingAloneCanBeMeant() {
    assertMended("prompt,orientation,watermark", "p,lanscape,flase").contains("p,landscape,false");
    assertMended("prompt,operation", "p,crate").contains("p,create");
    assertThat(changes).containsExactly(new CellChange(2, "operation", "crate", "create"));
  }

  @Test
  void anotherNumberIsNeverPutInForTheOneThatStandsThere() {
    assertMended("prompt,duration,orientation", "p,12,potrait").contains("p,12,portrait");
    assertThat(changes).hasSize(1);
    for (String other : List.of("15m", "15 min", "1 5", "151", "-15")) {
      assertMended("prompt,duration", "p," + other).contains("p," + other);
    }
    assertMended("prompt,model,aspect_ratio", "p,grok-video-3,2;3").contains("p,grok-video-3,2:3");
    for (String other : List.of("480", "1081P")) {
      assertMended("prompt,model,size", "p,grok-video-3," + other)
          .contains("p,grok-video-3," + other);
    }
  }

  @Test
  void valuesAreWrittenAsTheyAreSent() {
    assertMended(
            "prompt,model,duration,orientation,watermark,operation",
            "p,sora-2-pro,１５,ＰＯＲＴＲＡＩＴ,TRUE,Create",
            "q,sora-2-pro,015.0,,,")
        .contains("p,sora-2-pro,15,portrait,true,create", "q,sora-2-pro,15,,,");
    assertMended("prompt,model,size", "p,grok-video-3,720p").contains("p,grok-video-3,720P");
    assertMended("prompt,images", "p,\"https://a.example/1\nhttps://a.example/2\"")
        .contains("p,https://a.example/1 | https://a.example/2");
  }

  @Test
  void aSpellingThatIsPartOfWhatWasPaidForStays() {
    assertMended("prompt,duration,orientation,watermark", "p,15秒,竖屏,是").contains("p,15秒,竖屏,是");
    assertThat(changes).isEmpty();
  }

  @Test
  void promptsAndOwnColumnsAreNeverTouched() {
    List<String> line = List.of(" “a kite”，１０ ", "=1+1", "-x", " @me ", "１０", "two\nlines");
    Path written =
        mend(
            files.write(
                """
                prompt,note,plus,at,number,text,orientation
                " “a kite”，１０ ",=1+1,-x, @me ,１０,"two
                lines",Portrait
                """));

    assertThat(CsvFiles.read(written).lines().get(0).cells().subList(0, 6)).isEqualTo(line);
  }

  @Test
  void knownColumnsGetTheirUsualNamesUnlessTheyAreChinese() {
    assertMended("PROMPT, Task ID ,时长,My Own,Param. seed", "p,,,,")
        .contains("prompt,source,时长,My Own,param.seed");
  }

  @Test
  void emptyLinesAndEmptyColumnsAtTheEndAreDropped() {
    assertMended("prompt,note,,,", "a,,,,", ",,,,", "b,x,,,", ",,,,", "", "")
        .containsExactly("prompt,note", "a,", "b,x");
    assertMended("prompt,note,,,", "a,,,y,").containsExactly("prompt,note,,", "a,,,y");
  }

  @Test
  void aLineWhoseCellsHaveMovedIsLeftAsItIs() {
    assertMended("prompt,orientation", "a kite, over snow,Portrait", "b,Portrait")
        .contains("a kite,\" over snow\",Portrait", "b,portrait");
  }

  @Test
  void itIsWrittenSoThatExcelOpensItRight() throws IOException {
    Path written = mend(files.write("提示词;备注\n雪山;\"a\nb\"\n".getBytes(Charset.forName("GBK"))));

    assertThat(Files.readString(written)).isEqualTo("\uFEFF提示词,备注\r\n雪山,\"a\nb\"\r\n");
  }

  @Test
  void noFileIsWrittenOver() throws IOException {
    Path there = Files.writeString(folder.resolve("there.csv"), "mine");

    assertThatThrownBy(() -> write(files.write("prompt\na\n"), there))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("file already exists");

    assertThat(there).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("orders.csv", "there.csv");
  }

  @Test
  void everyRightRowStaysTheRowThatItIsAndAsksForTheSame() {
    Random random = new Random(20261124);
    String[][] values = {
      {"a kite", " a  kite ", "“kite”", "雪，山", "=1+1", "two\nlines"},
      {"", "sora-2-pro", "grok-video-3", "new-one", "ｓｏｒａ-２-ｐｒｏ"},
      {"", "15", "１５", "15s", "15.0", "“15”", "8"},
      {"", "portrait", "PORTRAIT", "竖屏", "ｌａｎｄｓｃａｐｅ", " \u200Bportrait"},
      {"", "TRUE", "yes", "是", "１"},
      {
        "",
        "https://a.example/1，https://a.example/2",
        "ｈｔｔｐｓ：／／a.example/1",
        "https://a/1 |\nhttps://b/2"
      },
      {"", "TRUE", "１０", "10", "{\"a\": 1}", "[1, 2]", "text", "\"quoted\""},
      {"", "2:3", "2:03", "２：３", "16:9"},
      {"", "2", " ３ "},
      {"", " a1 "},
    };
    int right = 0;
    for (int round = 0; round < 200; round++) {
      StringBuilder text =
          new StringBuilder("提示词,Model,seconds,方向,watermark,图片,param.x,ratio,变体,ID\n");
      for (int row = 0; row < 6; row++) {
        List<String> cells = new ArrayList<>();
        for (String[] each : values) {
          String value = each[random.nextInt(each.length)];
          cells.add('"' + value.replace("\"", "\"\"") + '"');
        }
        text.append(String.join(",", cells)).append('\n');
      }
      var before = CsvFiles.read(files.write(text.toString()));
      var after = CsvFiles.read(mend(files.write(text.toString())));

      List<WrittenOrder> known = new ArrayList<>();
      before.lines().forEach(line -> known.add(line.order()));
      List<WrittenOrder> mended = new ArrayList<>();
      after.lines().forEach(line -> mended.add(line.order()));
      for (int i = 0; i < known.size(); i++) {
        if (known.get(i) != null) {
          assertThat(mended.get(i)).as(text.toString()).isEqualTo(known.get(i));
          right++;
        }
      }
    }
    assertThat(right).isGreaterThan(200);
  }

  private org.assertj.core.api.ListAssert<String> assertMended(String... lines) {
    Path written = mend(files.write(String.join("\n", lines)));
    try {
      return assertThat(Files.readString(written).replace("\uFEFF", "").lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path mend(Path file) {
    return write(file, folder.resolve("mended-" + number++ + ".csv"));
  }

  private Path write(Path file, Path target) {
    try (MendedFile mended =
            MendedFile.open(() -> OrderFile.open(file, CsvFiles.SHIPPED, CsvFiles.DEFAULTS));
        NewCsv csv = new NewCsv(target)) {
      csv.line(mended.columns());
      List<String> cells = mended.next();
      while (cells != null) {
        csv.line(cells);
        cells = mended.next();
      }
      csv.publish();
      changes = mended.changes();
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
