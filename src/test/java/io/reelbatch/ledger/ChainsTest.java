package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChainsTest {

  @Test
  void theHeightOfAThingIsTheLongestChainThatHangsOnIt() {
    Chains chains = chains(3, 2, 2, 1, 9, 1, 5, 4);

    assertThat(List.of(1L, 2L, 3L, 9L, 4L, 5L, 77L).stream().map(chains::heightOf))
        .containsExactly(2, 1, 0, 0, 1, 0, 0);
  }

  @Test
  void aThingStartsFromItsFirstSource() {
    Chains chains = chains(3, 2, 3, 1);

    assertThat(chains.sourceOf(3)).isEqualTo(2);
    assertThat(chains.sourceOf(2)).isZero();
    assertThat(chains.sourceOf(77)).isZero();
  }

  @Test
  void allThatHangsOnAThingIsBelowItFromTheTop() {
    Chains chains = chains(3, 2, 2, 1, 9, 1, 5, 4);

    assertThat(chains.below(List.of(1L, 77L))).containsExactlyInAnyOrder(2L, 3L, 9L);
    assertThat(chains.below(List.of(1L))).containsSubsequence(2L, 3L);
    assertThat(chains.below(List.of())).isEmpty();
  }

  @Test
  void aChainBeginsWithWhatStartsFromNothing() {
    Chains chains = chains(3, 2, 2, 1, 9, 1, 5, 4);

    assertThat(List.of(1L, 2L, 3L, 9L, 4L, 5L, 77L).stream().map(chains::topOf))
        .containsExactly(1L, 1L, 1L, 1L, 4L, 4L, 77L);
    assertThat(chains.links()).isEqualTo(4);
  }

  @Test
  void circlesAreToldWithoutWhatHangsOnThem() {
    assertThat(chains(1, 2, 2, 3, 3, 4, 4, 2, 7, 6, 8, 8, 10, 9).circles())
        .containsExactly(List.of(2L, 3L, 4L), List.of(8L));
  }

  @Test
  void aMillionThingsInOneChainNeedNoStack() {
    Chains.Builder builder = new Chains.Builder();
    for (long i = 2; i <= 1_000_000; i++) {
      builder.add(i, i - 1);
    }

    assertThat(builder.build().heightOf(1)).isEqualTo(999_999);
  }

  /** Pairs: what starts, and from what. */
  private static Chains chains(long... links) {
    Chains.Builder builder = new Chains.Builder();
    for (int i = 0; i < links.length; i += 2) {
      builder.add(links[i], links[i + 1]);
    }
    return builder.build();
  }
}
