package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromptnessTest {

  private final Promptness promptness = new Promptness();

  @Test
  void withoutAnEndThereIsNothingToSay() {
    assertThat(promptness.summary()).isEmpty();
  }

  @Test
  void itSaysHowLateHalfAndMostOfTheEndsWereKnownAtMost() {
    for (int seconds = 1; seconds <= 100; seconds++) {
      promptness.ended(3, Duration.ofSeconds(seconds));
    }

    var summary = promptness.summary().orElseThrow();
    assertThat(summary.ends()).isEqualTo(100);
    assertThat(summary.polls()).isEqualTo(3.0);
    assertThat(summary.half()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(55));
    assertThat(summary.most()).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(104));
  }

  @Test
  void neitherTheShortestNorTheLongestTimeIsTooMuch() {
    promptness.ended(1, Duration.ZERO);
    assertThat(promptness.summary().orElseThrow().half()).isEqualTo(Duration.ofMillis(1));

    promptness.ended(1, Duration.ofDays(100_000));
    promptness.ended(1, Duration.ofDays(100_000));
    assertThat(promptness.summary().orElseThrow().half()).isGreaterThan(Duration.ofDays(10_000));
  }
}
