package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.FieldSpec.Presence;
import io.reelbatch.model.FieldSpec.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldSpecTest {

  @Test
  void aCellIsSentInTheWiresOwnSpelling() {
    FieldSpec size = allowing(FieldType.TEXT, "720P", "1080P");
    FieldSpec ratio = allowing(FieldType.TEXT, "2:3", "16:9");

    assertThat(sent(size, "720p")).isEqualTo("\"720P\"");
    assertThat(sent(size, "１０８０ｐ")).isEqualTo("\"1080P\"");
    assertThat(sent(ratio, "2:03")).isEqualTo("\"2:3\"");
    assertThat(sent(ratio, "02:03:00")).isEqualTo("\"2:3\"");
    assertThat(sent(ratio, "16：9")).isEqualTo("\"16:9\"");
    assertThat(wrong(size, "480p")).isEqualTo("must be 720P or 1080P");
  }

  @Test
  void numbersAreSentAsNumbers() {
    FieldSpec any = FieldSpec.anyOf("start_time", FieldType.INTEGER);

    assertThat(sent(any, "0")).isEqualTo("0");
    assertThat(sent(any, "007")).isEqualTo("7");
    assertThat(sent(any, "15.0")).isEqualTo("15");
    assertThat(sent(any, "１５")).isEqualTo("15");
    assertThat(sent(any, "123456789012345678901")).isEqualTo("123456789012345678901");
    for (String no : List.of("-1", "1.5", "3m", "s", "1 5", "1e3", "")) {
      assertThat(wrong(any, no)).isEqualTo("must be a whole number, 0 or more");
    }
    assertThat(sent(allowing(FieldType.INTEGER, "15", "25"), "25.0")).isEqualTo("25");
    assertThat(wrong(allowing(FieldType.INTEGER, "15", "25"), "20")).isEqualTo("must be 15 or 25");
  }

  @Test
  void booleansAreSentAsBooleans() {
    FieldSpec any = FieldSpec.anyOf("upscale", FieldType.BOOLEAN);

    assertThat(sent(any, "TRUE")).isEqualTo("true");
    assertThat(sent(any, "False")).isEqualTo("false");
    for (String yes : List.of("yes", "Y", "1", "1.0", "１", "on", "是", "对", "ＴＲＵＥ")) {
      assertThat(sent(any, yes)).as(yes).isEqualTo("true");
    }
    for (String no : List.of("no", "N", "0", "off", "否", "关")) {
      assertThat(sent(any, no)).as(no).isEqualTo("false");
    }
    for (String neither : List.of("2", "maybe", "ja", "")) {
      assertThat(wrong(any, neither)).isEqualTo("must be true or false");
    }
  }

  @Test
  void secondsMayHaveTheirUnit() {
    FieldSpec any = FieldSpec.anyOf("start_time", FieldType.INTEGER);
    FieldSpec duration = allowing(FieldType.INTEGER, "15", "25");

    for (String written : List.of("15s", "15 s", "15S", "１５秒", "15 秒钟", "15.0s", "15 seconds")) {
      assertThat(sent(any, written)).as(written).isEqualTo("15");
      assertThat(sent(duration, written)).as(written).isEqualTo("15");
    }
    assertThat(wrong(duration, "1 5")).isEqualTo("must be 15 or 25");
  }

  @Test
  void wordsForTheSameAreSentAsTheWireHasThem() {
    FieldSpec orientation = allowing(FieldType.TEXT, "portrait", "landscape");

    for (String portrait : List.of("竖屏", "竖版", "竖", "Vertical", "PORTRAIT", " portrait ")) {
      assertThat(sent(orientation, portrait)).as(portrait).isEqualTo("\"portrait\"");
    }
    for (String landscape : List.of("横屏", "横", "horizontal", "Ｌａｎｄｓｃａｐｅ")) {
      assertThat(sent(orientation, landscape)).as(landscape).isEqualTo("\"landscape\"");
    }
    assertThat(sent(allowing(FieldType.TEXT, "vertical"), "竖屏")).isEqualTo("\"vertical\"");
    assertThat(sent(allowing(FieldType.TEXT, "720P"), "720 p")).isEqualTo("\"720P\"");
    assertThat(sent(allowing(FieldType.TEXT, "16:9"), "16 ： 9")).isEqualTo("\"16:9\"");
    assertThat(sent(allowing(FieldType.TEXT, "1280x720"), "1280 × 720")).isEqualTo("\"1280x720\"");
    assertThat(sent(FieldSpec.anyOf("style", FieldType.TEXT), "竖屏")).isEqualTo("\"竖屏\"");
  }

  @Test
  void whatTheGatewaySpellsInTwoWaysIsSentInTheWritersOwn() {
    FieldSpec size = allowing(FieldType.TEXT, "720P", "1080P", "1080p");

    assertThat(sent(size, "1080P")).isEqualTo("\"1080P\"");
    assertThat(sent(size, "1080p")).isEqualTo("\"1080p\"");
    assertThat(sent(size, "１０８０p")).isEqualTo("\"1080P\"");
    assertThat(wrong(size, "480p")).isEqualTo("must be 720P or 1080P");
  }

  @Test
  void addressesAreAlwaysAnArray() {
    FieldSpec any = FieldSpec.anyOf("images", FieldType.URLS);

    assertThat(sent(any, "")).isEqualTo("[]");
    assertThat(sent(any, "https://a.example/1")).isEqualTo("[\"https://a.example/1\"]");
    assertThat(sent(any, " http://a_b/1 |\nHTTPS://c/２?x=%7C ｜"))
        .isEqualTo("[\"http://a_b/1\",\"HTTPS://c/２?x=%7C\"]");
    for (String no : List.of("kite.png", "ftp://a/1", "http:///1", "https://a/{1}", "mailto:a@b")) {
      assertThat(wrong(any, no)).startsWith("holds '" + no + "', which is no http(s) address");
    }
  }

  @Test
  void freeTextIsSentAsItStandsAndShapedTextFolded() {
    FieldSpec shaped =
        new FieldSpec("size", FieldType.TEXT, List.of(), "1280x720", null, Presence.OPTIONAL);

    assertThat(sent(FieldSpec.anyOf("style", FieldType.TEXT), "２:03 Oil"))
        .isEqualTo("\"２:03 Oil\"");
    assertThat(sent(shaped, "720X1280")).isEqualTo("\"720x1280\"");
    assertThat(sent(shaped, "720×1280")).isEqualTo("\"720x1280\"");
    assertThat(sent(shaped, "720*1280")).isEqualTo("\"720x1280\"");
    assertThat(wrong(shaped, "720 x 1280")).isEqualTo("must look like 1280x720");
    assertThat(wrong(shaped, "1280x")).isEqualTo("must look like 1280x720");
  }

  @Test
  void onlyNumbersAndRatiosLoseTheirZeros() {
    assertThat(FieldSpec.folded("000")).isEqualTo("0");
    assertThat(FieldSpec.folded("0:0")).isEqualTo("0:0");
    assertThat(FieldSpec.folded("10:10:00")).isEqualTo("10:10");
    assertThat(FieldSpec.folded("10:10:01")).isEqualTo("10:10:01");
    assertThat(FieldSpec.folded("1.10")).isEqualTo("1.10");
    assertThat(FieldSpec.folded("0x10")).isEqualTo("0x10");
    assertThat(FieldSpec.folded("ÄİＡｚ！～")).isEqualTo("äi̇az!~");
  }

  @Test
  void moreThanTheMostIsRefused() {
    assertThat(sent(atMost(FieldType.URLS, 2), "http://a/1 http://a/2"))
        .isEqualTo("[\"http://a/1\",\"http://a/2\"]");
    assertThat(wrong(atMost(FieldType.URLS, 1), "http://a/1 http://a/2"))
        .isEqualTo("holds 2 addresses; at most 1 are taken");
    assertThat(sent(atMost(FieldType.TEXT, 2), "雪🪁")).isEqualTo("\"雪🪁\"");
    assertThat(wrong(atMost(FieldType.TEXT, 2), "雪🪁!"))
        .isEqualTo("has 3 characters; at most 2 are taken");
    assertThat(sent(atMost(FieldType.INTEGER, 8), "8")).isEqualTo("8");
    assertThat(wrong(atMost(FieldType.INTEGER, 8), "9")).isEqualTo("must be 8 at most");
  }

  private static FieldSpec atMost(FieldType type, int most) {
    return new FieldSpec("f", type, List.of(), null, null, Presence.OPTIONAL, most);
  }

  @Test
  void aSpecThatCannotBeRightIsRefused() {
    assertThatThrownBy(() -> allowing(FieldType.INTEGER, "ten"))
        .hasMessage("the allowed value 'ten' of f must be a whole number, 0 or more");
    assertThatThrownBy(
            () ->
                new FieldSpec("f", FieldType.TEXT, List.of("a", "b"), null, "c", Presence.REQUIRED))
        .hasMessage("the fallback 'c' of f must be a or b");
  }

  private static FieldSpec allowing(FieldType type, String... values) {
    return new FieldSpec("f", type, List.of(values), null, null, Presence.OPTIONAL);
  }

  private static String sent(FieldSpec spec, String cell) {
    assertThat(spec.read(cell)).isInstanceOf(Reading.Value.class);
    return ((Reading.Value) spec.read(cell)).json().toString();
  }

  private static String wrong(FieldSpec spec, String cell) {
    assertThat(spec.read(cell)).isInstanceOf(Reading.Wrong.class);
    return ((Reading.Wrong) spec.read(cell)).problem().toString();
  }
}
