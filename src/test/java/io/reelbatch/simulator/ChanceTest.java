package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChanceTest {

  private static final SimulatorSettings SETTINGS =
      SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(100));

  @Test
  void theSameSeedDrawsTheSameAndAnotherSeedDoesNot() {
    var one = new Chance(SETTINGS.withSeed(7).withTroubleShare(0.5).withFailShare(0.5));
    var same = new Chance(SETTINGS.withSeed(7).withTroubleShare(0.5).withFailShare(0.5));
    var other = new Chance(SETTINGS.withSeed(8).withTroubleShare(0.5).withFailShare(0.5));

    assertThat(draws(one)).isEqualTo(draws(same)).isNotEqualTo(draws(other));
  }

  @Test
  void halfOfTheTasksEndBeforeTheMedianAndTheSpreadIsSigma() {
    var chance = new Chance(SETTINGS.withTaskTimeSpread(0.4));

    double[] logs =
        numbers().mapToDouble(n -> Math.log((double) chance.taskTime(n).toMillis())).toArray();

    double median = Math.log(100_000);
    assertThat(LongStream.range(0, logs.length).filter(i -> logs[(int) i] < median).count())
        .isBetween(4_800L, 5_200L);
    double square = 0;
    for (double log : logs) {
      square += (log - median) * (log - median) / logs.length;
    }
    assertThat(Math.sqrt(square)).isCloseTo(0.4, within(0.02));
  }

  @Test
  void withoutSpreadEveryTaskTakesTheMedian() {
    var chance = new Chance(SETTINGS.withTaskTimeSpread(0));

    assertThat(numbers().mapToObj(chance::taskTime)).containsOnly(Duration.ofSeconds(100));
  }

  @Test
  void theSharesAreKept() {
    var chance = new Chance(SETTINGS.withFailShare(0.1).withTroubleShare(0.05));

    assertThat(numbers().filter(chance::fails).count()).isBetween(900L, 1_100L);
    assertThat(numbers().mapToObj(chance::trouble).filter(f -> !f.equals(Fault.none())).count())
        .isBetween(430L, 570L);
  }

  @Test
  void withoutSharesNothingGoesWrong() {
    var chance = new Chance(SETTINGS);

    assertThat(numbers().mapToObj(chance::trouble)).containsOnly(Fault.none());
    assertThat(numbers().filter(chance::fails)).isEmpty();
  }

  @Test
  void troubleIsOfEveryKind() {
    var chance = new Chance(SETTINGS.withTroubleShare(1));

    assertThat(numbers().mapToObj(n -> chance.trouble(n).getClass().getSimpleName()))
        .containsOnly("Answer", "AcceptThenAnswer", "HangUp", "AcceptThenHangUp");
  }

  private static String draws(Chance chance) {
    var text = new StringBuilder();
    LongStream.range(1, 50)
        .forEach(
            n -> text.append(chance.taskTime(n)).append(chance.fails(n)).append(chance.trouble(n)));
    return text.toString();
  }

  private static LongStream numbers() {
    return LongStream.rangeClosed(1, 10_000);
  }
}
