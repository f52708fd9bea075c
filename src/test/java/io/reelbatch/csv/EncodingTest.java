package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.WrittenOrder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet saves is read as it was written, or not at all. */
class EncodingTest {

  private static final String CHINESE =
      """
      编号,提示词,方向,备注
      甲,"雪山上的红色风筝，缓慢推进
      黄昏的光线",portrait,客户要求重拍
      乙,城市夜景里的霓虹灯与雨水,landscape,
      """
          .replace("\n", "\r\n");

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GBK", "GB18030", "UTF-16LE", "UTF-16BE"})
  void aFileAndItsTwinInUtf8HaveTheSameRows(String charset) {
    var twin = CsvFiles.read(files.write("\uFEFF" + CHINESE));
    String mark = charset.startsWith("UTF-16") ? "\uFEFF" : "";

    var read = CsvFiles.read(files.write((mark + CHINESE).getBytes(Charset.forName(charset))));

    assertThat(read.columns()).isEqualTo(twin.columns());
    assertThat(read.orders()).isEqualTo(twin.orders());
    assertThat(read.orders().stream().map(WrittenOrder::content))
        .isEqualTo(twin.orders().stream().map(WrittenOrder::content).toList());
    assertThat(read.lines().stream().map(line -> line.number())).containsExactly(2L, 4L);
    assertThat(read.warnings())
        .singleElement()
        .asString()
        .contains(charset.startsWith("GB") ? "GB18030" : charset)
        .contains("提示词")
        .contains("--charset");
    assertThat(twin.warnings()).isEmpty();
  }

  @Test
  void twoBytesOfACharacterThatLookLikeALineEndEndNoLine() {
    // U+0A0D and U+0D0A hold the bytes of both line ends.
    String text = "\uFEFFprompt\n\u0A0D \u0D0A\n";

    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(CsvFiles.read(files.write(text.getBytes(charset))).order().prompt())
          .isEqualTo("\u0A0D \u0D0A");
    }
  }

  @Test
  void aCharacterThatIsCutInHalfIsAnErrorOfItsLine() {
    byte[] whole = "\uFEFFprompt\na kite\n".getBytes(StandardCharsets.UTF_16LE);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);

    assertThatThrownBy(() -> open(cut, null))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("UTF-16LE");
  }

  @Test
  void anEncodingThatIsNamedIsNotGuessed() throws IOException {
    byte[] big5 = "prompt\n紅色風箏\n".getBytes(Charset.forName("Big5"));
    Path file = files.write(big5);

    try (OrderFile orders =
        OrderFile.open(
            file, new Hints(Charset.forName("Big5"), null), CsvFiles.SHIPPED, CsvFiles.DEFAULTS)) {
      assertThat(String.valueOf(orders.next())).contains("紅色風箏");
      assertThat(orders.warnings()).singleElement().asString().contains("Big5");
    }
  }

  @Test
  void aFileThatIsNotOfTheNamedEncodingIsRefusedWithItsLine() {
    byte[] gbk = "提示词\na\n雪山\n".getBytes(Charset.forName("GBK"));

    assertThatThrownBy(() -> open(gbk, StandardCharsets.UTF_8))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"雪", "红色的风筝", "风筝 and more", "猫，狗"})
  void aShortFileWhoseHeaderIsChineseIsChinese(String prompt) {
    byte[] gbk = ("提示词\n" + prompt + "\n").getBytes(Charset.forName("GBK"));

    assertThat(CsvFiles.read(files.write(gbk)).order().prompt()).isEqualTo(prompt);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GBK", "Big5", "Shift_JIS", "EUC-KR", "windows-1252", "ISO-8859-15"})
  void aShortFileIsReadRightOrRefusedAndNeverGarbled(String charset) {
    // Every seventh character of GBK is one of UTF-8, too (雪, 山水): where all of a file are, nobody
    // can tell.
    for (String prompt :
        List.of(
            "红色的山水", "城市夜景", "été", "Straße", "naïve café", "한국", "カメラ", "さくら", "中文 and English")) {
      Charset of = Charset.forName(charset);
      if (of.newEncoder().canEncode(prompt)) {
        Path file = files.write(("prompt\n" + prompt + "\n").getBytes(of));
        try {
          assertThat(CsvFiles.read(file).order().prompt()).as(charset).isEqualTo(prompt);
        } catch (java.io.UncheckedIOException e) {
          assertThat(e).hasMessageContaining("--charset");
        }
      }
    }
  }

  @Test
  void bytesOfNoEncodingAreRefused() {
    byte[] bytes = {'p', 'r', 'o', 'm', 'p', 't', '\n', (byte) 0xFF, (byte) 0xC0, '\n'};

    assertThatThrownBy(() -> open(bytes, null))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("--charset GB18030");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", ","})
  void theHeaderTellsWhatSeparatesTheCells(String separator) {
    String text = "id;\"prompt\";note\n1a;\"a; kite, red\tone\";x\n";

    var read =
        files.read(
            text.replace(";note", separator + "note")
                .replace("id;", "id" + separator)
                .replace("1a;", "1a" + separator)
                .replace("\";x", "\"" + separator + "x"));

    assertThat(read.columns()).containsExactly("id", "prompt", "note");
    assertThat(read.order().prompt()).isEqualTo("a; kite, red\tone");
    assertThat(read.lines().get(0).cells()).hasSize(3).endsWith("x");
  }

  @Test
  void theLineInWhichExcelSaysTheSeparatorIsNoRecord() {
    for (String separator : List.of(";", ",", "|")) {
      var read = files.read("sep=" + separator, "prompt" + separator + "note", "kite" + separator);

      assertThat(read.columns()).containsExactly("prompt", "note");
      assertThat(read.lines().get(0).number()).isEqualTo(3);
    }
  }

  private void open(byte[] bytes, @org.jspecify.annotations.Nullable Charset charset)
      throws IOException {
    CsvFiles.readThrough(files.write(bytes), new Hints(charset, null));
  }
}
