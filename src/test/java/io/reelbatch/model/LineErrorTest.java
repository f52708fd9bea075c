package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineErrorTest {

  @Test
  void anErrorNamesLineColumnAndValueAndWhatWouldBeRight() {
    assertThat(new LineError(3, "duration", "ten", Message.of("must be 10 or 15")))
        .hasToString("line 3, column duration, \"ten\": must be 10 or 15");
  }

  @Test
  void whatWasProbablyMeantIsAskedFor() {
    assertThat(
            new LineError(
                7,
                "方向",
                "lanscape",
                Message.of("must be landscape or portrait"),
                List.of(),
                "landscape"))
        .hasToString(
            "line 7, column 方向, \"lanscape\": must be landscape or portrait; did you mean"
                + " 'landscape'?");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(new LineError(3, "prompt", "", Message.of("is empty")))
        .hasToString("line 3, column prompt: is empty");
    assertThat(new LineError(3, "", "", Message.of("has 2 cells, the header has 5")))
        .hasToString("line 3: has 2 cells, the header has 5");
  }

  @Test
  void aLongOrBrokenValueIsShownInOneShortLine() {
    assertThat(new LineError(3, "size", "  a\r\n b ", Message.of("x")))
        .hasToString("line 3, column size, \"a b\": x");
    assertThat(new LineError(3, "size", "a".repeat(60), Message.of("x")))
        .hasToString("line 3, column size, \"" + "a".repeat(60) + "\": x");
    assertThat(new LineError(3, "size", "a".repeat(61), Message.of("x")))
        .hasToString("line 3, column size, \"" + "a".repeat(60) + "…\": x");
  }

  @Test
  void aLongValueIsNeverCutThroughACharacter() {
    String value = "a".repeat(59) + "🪁".repeat(2);

    assertThat(new LineError(3, "size", value, Message.of("x")))
        .hasToString("line 3, column size, \"" + "a".repeat(59) + "…\": x");
  }
}
