package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.ContentHash;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OccurrencesTest {

  @Test
  void equalContentsAreCountedHoweverManyOthersComeBetween() {
    Occurrences occurrences = new Occurrences();
    Map<String, Integer> expected = new HashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50_000; i++) {
      ContentHash content = content("order " + random.nextInt(20_000));
      assertThat(occurrences.next(content))
          .isEqualTo(expected.merge(content.value(), 1, Integer::sum));
    }
  }

  @Test
  void contentsThatWouldStandInTheSamePlaceAreToldApart() {
    Occurrences occurrences = new Occurrences();
    assertThat(occurrences.next(new ContentHash("00000000000000010000"))).isEqualTo(1);
    assertThat(occurrences.next(new ContentHash("10000000000000010000"))).isEqualTo(1);
    assertThat(occurrences.next(new ContentHash("00000000000000000000"))).isEqualTo(1);
    assertThat(occurrences.next(new ContentHash("10000000000000010000"))).isEqualTo(2);
    assertThat(occurrences.next(new ContentHash("00000000000000000000"))).isEqualTo(2);
  }

  private static ContentHash content(String prompt) {
    return ContentHash.of(new TreeMap<>(Map.of("prompt", prompt)));
  }
}
