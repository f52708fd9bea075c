package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTextTest {

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(ShownText.width("shot-1")).isEqualTo(6);
    assertThat(ShownText.width("方向")).isEqualTo(4);
    assertThat(ShownText.width("１：ー、")).isEqualTo(8);
    assertThat(ShownText.width("ｱｲ")).isEqualTo(2);
    assertThat(ShownText.width("한국 カメ")).isEqualTo(9);
    assertThat(ShownText.width("cafe\u0301\u200B")).isEqualTo(4);
    assertThat(ShownText.width("🪁")).isEqualTo(2);
  }

  @Test
  void whatIsFittedTakesExactlyItsColumns() {
    for (String text : new String[] {"", "a", "abc", "abcdef", "雪", "雪山雪", "a雪山", "🪁🪁🪁"}) {
      for (int columns = 1; columns < 8; columns++) {
        assertThat(ShownText.width(ShownText.fitted(text, columns))).as(text).isEqualTo(columns);
      }
    }
    assertThat(ShownText.fitted("雪山雪", 4)).isEqualTo("雪… ");
  }
}
