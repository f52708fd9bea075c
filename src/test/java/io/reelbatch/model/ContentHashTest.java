package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  @Test
  void versionOneNeverChangesBecauseRowsAlreadyPaidForWouldLookNew() {
    var order = Map.of("operation", "create", "prompt", "红色风筝 over snow", "duration", "10");

    assertThat(hash(order)).hasToString("25f574101c79e7055d2e");
    assertThat(hash(Map.of())).hasToString("e3b0c44298fc1c149afb");
  }

  @Test
  void whereOneCellEndsAndTheNextBeginsCounts() {
    assertThat(hash(Map.of("a", "bc"))).isNotEqualTo(hash(Map.of("ab", "c")));
    assertThat(hash(Map.of("a", "b", "c", "d"))).isNotEqualTo(hash(Map.of("a", "bcd")));
  }

  @Test
  void everyCellAndEveryNameCounts() {
    var written = hash(Map.of("prompt", "a", "size", "large"));

    assertThat(written)
        .isEqualTo(hash(Map.of("size", "large", "prompt", "a")))
        .isNotEqualTo(hash(Map.of("prompt", "b", "size", "large")))
        .isNotEqualTo(hash(Map.of("prompt", "a", "model", "large")))
        .isNotEqualTo(hash(Map.of("prompt", "a")));
  }

  private static ContentHash hash(Map<String, String> cells) {
    return ContentHash.of(new TreeMap<>(cells));
  }
}
