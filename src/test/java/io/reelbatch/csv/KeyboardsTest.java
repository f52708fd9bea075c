package io.reelbatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Values and headings as people's keyboards and documents write them. */
class KeyboardsTest {

  private CsvFiles files;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    files = new CsvFiles(folder);
  }

  @Test
  void fullWidthLettersDigitsAndSignsAreTheUsualOnes() {
    assertThat(sent("duration", "１５")).hasToString("15");
    assertThat(sent("orientation", "ＰＯＲＴＲＡＩＴ")).hasToString("\"portrait\"");
    assertThat(sent("images", "ｈｔｔｐｓ：／／ａ．ｅｘａｍｐｌｅ／１")).hasToString("[\"https://a.example/1\"]");
    assertThat(sent("param.seed", "－１０")).hasToString("-10");
    assertThat(sent("param.style", "模糊，低质量")).hasToString("\"模糊，低质量\"");
    assertThat(files.read("prompt,operation", "p,ＣＲＥＡＴＥ").errors()).isEmpty();
    assertThat(files.read("prompt,variants", "p,３").lines()).hasSize(3);
    assertThat(files.read("prompt,model", "p,ｓｏｒａ－２").order().model()).isEqualTo("sora-2");
  }

  @Test
  void fullWidthListSignsSeparateAddresses() {
    for (String between : List.of("，", "；", "、", "， ", " ； ", "\n")) {
      assertThat(sent("images", "https://a.example/1" + between + "https://a.example/2，"))
          .as(between)
          .hasToString("[\"https://a.example/1\",\"https://a.example/2\"]");
    }
    assertThat(sent("images", "“https://a.example/1”，“https://a.example/2”"))
        .hasToString("[\"https://a.example/1\",\"https://a.example/2\"]");
    assertThat(sent("images", "https://a.example/甲，乙.png"))
        .hasToString("[\"https://a.example/甲，乙.png\"]");
    assertThat(sent("images", "https://a.example/?of=1,https://b.example/"))
        .hasToString("[\"https://a.example/?of=1,https://b.example/\"]");
  }

  @Test
  void quotationMarksAroundAValueAreNoPartOfIt() {
    for (String value :
        List.of("“portrait”", "‘portrait’", "「portrait」", "„portrait“", "＂portrait＂")) {
      assertThat(sent("orientation", value)).as(value).hasToString("\"portrait\"");
    }
    assertThat(sent("duration", "“15 秒”")).hasToString("15");
    assertThat(sent("watermark", "‘是’")).hasToString("true");
    assertThat(sent("images", "“https://a.example/1”")).hasToString("[\"https://a.example/1\"]");
    assertThat(files.read("prompt,model", "p,“sora-2”").order().model()).isEqualTo("sora-2");
  }

  @Test
  void whatNobodySeesIsNoPartOfAValue() {
    for (String unseen : List.of("\u00A0", "\u200B", "\u200D", "\u2060", "\uFEFF", "\u3000")) {
      assertThat(sent("orientation", unseen + "portrait" + unseen)).hasToString("\"portrait\"");
      assertThat(sent("duration", "15" + unseen)).hasToString("15");
    }
    assertThat(sent("images", "https://a.example/1\u200B"))
        .hasToString("[\"https://a.example/1\"]");
  }

  @Test
  void thePromptIsSentAsItStands() {
    String prompt = "“１０” ， ａ\u200Bb；c\u00A0d";

    assertThat(files.read("prompt", '"' + prompt + '"').order().prompt()).isEqualTo(prompt);
  }

  @Test
  void rowsThatWereLetInBeforeKeepTheirIdentity() {
    // Hashes of rows as they were when these spellings were sent as they stand, or not known.
    assertThat(
            Map.of(
                "images https://a.example/1，https://a.example/2",
                hash("images", "https://a.example/1，https://a.example/2"),
                "images https://a.example/1\u200Bx",
                hash("images", "https://a.example/1\u200Bx"),
                "model “sora-2”",
                hash("model", "“sora-2”"),
                "param.seed １０",
                hash("param.seed", "１０")))
        .isEqualTo(
            Map.of(
                "images https://a.example/1，https://a.example/2", "4ebd98b7c48bde684794",
                "images https://a.example/1\u200Bx", "4da62c27170eb73f942f",
                "model “sora-2”", "3a8c4b09eddc28894381",
                "param.seed １０", "acddb17206b6e7b07ff4"));
  }

  @Test
  void quotedHeadingsAreReadWhereThereWouldBeNoPromptElse() {
    var read = files.read("“提示词”,“时长”,\u2060note", "p,15,x");

    assertThat(read.order().fields()).containsKey("duration");
    assertThat(read.columns()).containsExactly("“提示词”", "“时长”", "\u2060note");
    assertThat(ColumnKeys.of(read.columns())).containsOnlyKeys("prompt", "duration");
    assertThat(files.read("“prompt”;“note”", "a, b;c").order().prompt()).isEqualTo("a, b");
  }

  @Test
  void aColumnThatWasCarriedAlongIsNoPartOfTheOrderLater() {
    var read = files.read("prompt,“duration”", "p,15");

    assertThat(read.orders().get(0).content())
        .isEqualTo(files.read("prompt", "p").orders().get(0).content());
    assertThat(read.warnings()).singleElement().asString().contains("did you mean 'duration'?");
  }

  private JsonNode sent(String column, String value) {
    var read = files.read("prompt," + column, "p,\"" + value + '"');
    assertThat(read.errors()).isEmpty();
    return Objects.requireNonNull(read.order().fields().get(column.replace("param.", "")));
  }

  private String hash(String column, String value) {
    return files.read("prompt," + column, "p,\"" + value + '"').orders().get(0).content().value();
  }
}
