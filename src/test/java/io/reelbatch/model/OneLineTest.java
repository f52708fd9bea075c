package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void whatEndsALineOrMovesTheCursorIsWrittenOut() {
    assertThat(OneLine.of("a\nb\rc\td\u001b[2Je\u0007f\u009bg\u0000h\u007f"))
        .isEqualTo("a\\nb\\rc\\td\\u001b[2Je\\u0007f\\u009bg\\u0000h\\u007f");
    assertThat(OneLine.of("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
  }

  @Test
  void whatTurnsTheDirectionOfTextIsWrittenOut() {
    assertThat(OneLine.of("\u202a\u202e\u2066\u2069\u200e\u200f"))
        .isEqualTo("\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f");
  }

  @Test
  void everyOtherTextStaysAsItIs() {
    String text = "早上的风筝, é 🎬 \\n \u2027\u202f\u2065\u206a\u200d";

    assertThat(OneLine.of(text)).isEqualTo(text);
  }
}
