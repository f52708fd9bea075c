package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HandTime time = new HandTime();

  @Test
  void aThrottleStartsEmptySoThatACrashLoopCannotExceedTheRate() {
    var throttle = throttle("2/s");

    assertThat(throttle.take(8)).isZero();
    assertThat(throttle.untilNext()).isEqualTo(Duration.ofMillis(500));
    time.pass(Duration.ofMillis(499));
    assertThat(throttle.take(8)).isZero();
    time.pass(Duration.ofMillis(1));
    assertThat(throttle.take(8)).isEqualTo(1);
    assertThat(throttle.take(8)).isZero();
  }

  @Test
  void restartingAlwaysSendsNothing() {
    for (int i = 0; i < 1_000; i++) {
      var restarted = throttle("2/s");
      time.pass(Duration.ofMillis(400));

      assertThat(restarted.take(8)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2/s,    2,    600, 7",
    "50/s,   50,   120, 3",
    "5000/h, 1.39, 7200, 100",
    "1000/s, 1000, 30,  1"
  })
  void noSecondEverSeesMoreThanTheRateAndAHundredthOfASecondsWorth(
      String rate, double permits, int seconds, int stepMillis) {
    var throttle = throttle(rate);
    var moods = new SplittableRandom(5);
    double most = Math.ceil(permits) + Math.max(1, permits / 100);
    List<Long> gone = new ArrayList<>();
    long millis = 0;

    while (millis < seconds * 1_000L) {
      // Mostly asked often, now and then left alone for seconds, and some of it given back.
      boolean away = moods.nextInt(20_000) < stepMillis;
      long step = away ? moods.nextInt(5_000) : moods.nextInt(1, stepMillis + 1);
      time.pass(Duration.ofMillis(step));
      millis += step;
      int taken = throttle.take(moods.nextInt(1, 40));
      int used = moods.nextInt(4) == 0 ? moods.nextInt(taken + 1) : taken;
      throttle.giveBack(taken - used);
      for (int i = 0; i < used; i++) {
        gone.add(millis);
      }
    }

    assertThat(mostWithin(gone, 1_000)).isLessThanOrEqualTo((int) most);
    assertThat(gone.size()).isGreaterThan((int) (permits * seconds / 3));
  }

  @ParameterizedTest
  @CsvSource({"2/s, 600, 1200", "50/s, 60, 3000", "5000/h, 7200, 10000", "1000/s, 10, 10000"})
  void whoAsksOftenGetsTheWholeRate(String rate, int seconds, int expected) {
    var throttle = throttle(rate);
    int taken = 0;

    for (int i = 0; i < seconds * 1_000; i++) {
      time.pass(Duration.ofMillis(1));
      taken += throttle.take(8);
    }

    assertThat(taken).isBetween((int) (expected * 0.999), expected);
  }

  @Test
  void whoWaitsAsLongAsToldGetsOne() {
    var throttle = throttle("7/s");

    for (int i = 0; i < 1_000; i++) {
      time.pass(throttle.untilNext().plusNanos(1)); // a seventh of a second is no whole number

      assertThat(throttle.take(1)).isEqualTo(1);
    }
  }

  @Test
  void noMoreIsTakenThanWasAskedFor() {
    var throttle = throttle("1000/s");
    time.pass(SECOND);

    assertThat(throttle.take(0)).isZero();
    assertThat(throttle.take(-1)).isZero();
    assertThat(throttle.take(3)).isEqualTo(3);
    assertThat(throttle.take(100)).isEqualTo(7);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndNothingMore() {
    var throttle = throttle("1000/s");
    time.pass(SECOND);
    throttle.take(10);

    throttle.giveBack(4);
    throttle.giveBack(0);
    throttle.giveBack(-5);

    assertThat(throttle.take(10)).isEqualTo(4);
    throttle.giveBack(100);
    assertThat(throttle.take(100)).isEqualTo(10);
  }

  @Test
  void theFastestRateThatCanBeWrittenWorks() {
    var throttle = throttle("999999999/s");
    time.pass(SECOND);

    assertThat(throttle.take(1_000)).isEqualTo(1_000);
  }

  @Test
  void nobodyGoesBeforeThePauseThatTheGatewayAskedForIsOver() {
    var throttle = throttle("1000/s", 0);
    time.pass(SECOND);

    throttle.hold(Duration.ofSeconds(30));

    assertThat(throttle.pause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(throttle.untilNext()).isEqualTo(Duration.ofSeconds(30));
    time.pass(Duration.ofSeconds(30).minusNanos(1));
    assertThat(throttle.take(1)).isZero();
    time.pass(Duration.ofNanos(1));
    assertThat(throttle.pause()).isZero();
    assertThat(throttle.take(1)).isEqualTo(1);
  }

  @Test
  void afterAPauseNothingHasBeenSavedUp() {
    var throttle = throttle("2/s", 0);
    throttle.hold(Duration.ofSeconds(30));

    time.pass(Duration.ofSeconds(31));

    assertThat(throttle.take(8)).isEqualTo(1);
  }

  @Test
  void withoutAWordOfTheGatewayTheBackOffDoublesUpToTwoMinutes() {
    var throttle = throttle("1000/s", 0);
    List<Long> seconds = new ArrayList<>();

    for (int i = 0; i < 20; i++) {
      throttle.hold(null);
      seconds.add(throttle.pause().toSeconds());
      time.pass(throttle.pause());
    }

    assertThat(seconds.subList(0, 10))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 120L, 120L, 120L);
    assertThat(seconds.subList(10, 20)).containsOnly(120L);
  }

  @Test
  void upToAQuarterIsAddedAtRandom() {
    assertThat(pauseOf(null, 0)).isEqualTo(SECOND);
    assertThat(pauseOf(null, 0.5)).isEqualTo(Duration.ofMillis(1_125));
    assertThat(pauseOf(null, Math.nextDown(1.0))).isLessThanOrEqualTo(Duration.ofMillis(1_250));
    assertThat(pauseOf(Duration.ofMinutes(4), 0.5)).isEqualTo(Duration.ofSeconds(270));
  }

  @Test
  void answersThatWereUnderWayTogetherCountOnce() {
    var throttle = throttle("1000/s", 0);

    for (int i = 0; i < 8; i++) {
      throttle.hold(null);
      time.pass(Duration.ofMillis(10));
    }

    assertThat(throttle.pause()).isEqualTo(Duration.ofMillis(920));
    time.pass(SECOND);
    throttle.hold(null);
    assertThat(throttle.pause()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whatTheGatewayAsksForWinsOverOurOwnBackOff() {
    var throttle = throttle("1000/s", 0);
    throttle.hold(null);

    throttle.hold(Duration.ofSeconds(30));

    assertThat(throttle.pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aShorterWishNeverShortensALongerPause() {
    var throttle = throttle("1000/s", 0);
    throttle.hold(Duration.ofSeconds(30));

    throttle.hold(Duration.ofSeconds(2));
    throttle.hold(null);

    assertThat(throttle.pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anAbsurdWishIsObeyedForAnHour() {
    assertThat(pauseOf(Duration.ofDays(400_000), 0)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aWishForNoTimeAtAllIsAnsweredByOurOwnBackOff() {
    assertThat(pauseOf(Duration.ZERO, 0)).isEqualTo(SECOND);
    assertThat(pauseOf(Duration.ofSeconds(-3), 0)).isEqualTo(SECOND);
  }

  @Test
  void theBackOffStartsSmallAgainOnceARequestWentThrough() {
    var throttle = throttle("1000/s", 0);
    for (int i = 0; i < 5; i++) {
      throttle.hold(null);
      time.pass(throttle.pause());
    }

    throttle.wentThrough();
    throttle.hold(null);

    assertThat(throttle.pause()).isEqualTo(SECOND);
  }

  @Test
  void aRequestThatWentThroughDoesNotEndThePauseOfAnother() {
    var throttle = throttle("1000/s", 0);
    throttle.hold(null);

    throttle.wentThrough();

    assertThat(throttle.pause()).isEqualTo(SECOND);
  }

  private Duration pauseOf(@Nullable Duration asked, double chance) {
    var throttle = throttle("1000/s", chance);
    throttle.hold(asked);
    return throttle.pause();
  }

  private Throttle throttle(String rate) {
    return new Throttle(Rate.valueOf(rate), time, new SplittableRandom(7));
  }

  private Throttle throttle(String rate, double chance) {
    return new Throttle(Rate.valueOf(rate), time, always(chance));
  }

  private static RandomGenerator always(double chance) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("only shares are drawn here");
      }

      @Override
      public double nextDouble() {
        return chance;
      }
    };
  }

  private static int mostWithin(List<Long> times, long window) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) >= window) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
