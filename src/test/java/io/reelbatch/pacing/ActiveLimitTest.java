package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActiveLimitTest {

  private final HandTime time = new HandTime();

  @Test
  void untilTheGatewayRefusesOnlyTheCeilingCounts() {
    var limit = limit(30, OptionalInt.empty());

    assertThat(limit.room(0)).isEqualTo(30);
    assertThat(limit.room(29)).isEqualTo(1);
    assertThat(limit.room(30)).isZero();
    assertThat(limit.untilRoom(30)).isGreaterThan(Duration.ofHours(1));
    assertThat(limit.isFull(30)).isTrue();
    assertThat(limit.isFull(29)).isFalse();
    assertThat(limit.learned()).isEmpty();
  }

  @Test
  void aRefusalShowsHowManySlotsThereAre() {
    var limit = limit(1_000, OptionalInt.empty());

    limit.refused(limit.leave(25), 25);

    assertThat(limit.learned()).hasValue(25);
    assertThat(limit.room(25)).isZero();
    assertThat(limit.untilRoom(25)).isBetween(Duration.ofMillis(100), Duration.ofMillis(125));
  }

  @Test
  void theEndOfATaskLetsTheNextGoAtOnce() {
    var limit = limit(1_000, OptionalInt.empty());
    limit.refused(limit.leave(25), 25);

    assertThat(limit.room(24)).isEqualTo(1);
    assertThat(limit.untilRoom(24)).isZero();
  }

  @Test
  void oneTriesItsLuckWhenItsTimeHasCome() {
    var limit = limit(1_000, OptionalInt.empty());
    limit.refused(limit.leave(25), 25);
    time.pass(limit.untilRoom(25));

    assertThat(limit.room(25)).isEqualTo(1);
    var attempt = limit.leave(25);

    assertThat(attempt.isTry()).isTrue();
    assertThat(limit.room(26)).isZero();
    assertThat(limit.untilRoom(26)).isGreaterThan(Duration.ofHours(1));
    limit.accepted(attempt);
    assertThat(limit.room(26)).isEqualTo(1);
  }

  @Test
  void whatCameToNothingLetsAnotherTry() {
    var limit = limit(1_000, OptionalInt.empty());
    limit.refused(limit.leave(25), 25);
    time.pass(limit.untilRoom(25));

    limit.over(limit.leave(25));

    assertThat(limit.room(25)).isEqualTo(1);
  }

  @Test
  void theWaitGrowsToItsBoundWhileNothingIsAccepted() {
    var limit = limit(1_000, OptionalInt.empty());
    Duration first = Duration.ZERO;
    Duration last = Duration.ZERO;

    for (int i = 0; i < 12; i++) {
      limit.refused(limit.leave(25), 25);
      last = limit.untilRoom(25);
      first = first.isZero() ? last : first;
      time.pass(Duration.ofSeconds(200));
    }

    assertThat(last).isGreaterThan(first.multipliedBy(20));
    assertThat(last).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(150));
  }

  @Test
  void answersThatWereUnderWayTogetherCountOnce() {
    var limit = limit(1_000, OptionalInt.empty());
    var one = limit.leave(20);
    var other = limit.leave(21);
    time.pass(Duration.ofMillis(10));

    assertThat(limit.refused(one, 21)).isEqualTo(1);
    assertThat(limit.refused(other, 20)).isEqualTo(1);
    assertThat(limit.learned()).hasValue(20);
  }

  @Test
  void refusedAgainAndAgainTheLimitIsCut() {
    var limit = limit(1_000, OptionalInt.of(100));

    for (int i = 0; i < 4; i++) {
      time.pass(Duration.ofMillis(1));
      limit.refused(limit.leave(50 - i), 50 - i);
    }

    assertThat(limit.learned().orElseThrow()).isLessThan(40);
  }

  @Test
  void whileNothingOfOursRunsOneAtATimeAsks() {
    var limit = limit(1_000, OptionalInt.of(5));
    limit.refused(limit.leave(0), 0);

    assertThat(limit.room(0)).isZero();
    time.pass(limit.untilRoom(0));
    assertThat(limit.room(0)).isEqualTo(1);
    assertThat(limit.learned()).hasValue(1);
  }

  @Test
  void whatAnEarlierRunLearnedIsWhereThisOneBegins() {
    var limit = limit(1_000, OptionalInt.of(20));

    assertThat(limit.room(0)).isEqualTo(20);
    assertThat(limit.room(20)).isEqualTo(1); // it may have more by now
    assertThat(limit(10, OptionalInt.of(20)).room(0)).isEqualTo(10);
    assertThat(limit(10, OptionalInt.of(0)).room(0)).isEqualTo(1);
  }

  @Test
  void itNeverExceedsTheCeiling() {
    var limit = limit(20, OptionalInt.of(19));

    for (int i = 0; i < 50; i++) {
      limit.accepted(limit.leave(19));
    }

    assertThat(limit.room(19)).isEqualTo(1);
    assertThat(limit.room(20)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"100, 1.05", "200, 1.05", "300, 1.06", "500, 1.075"})
  void freedSlotsAreRefilledSoonAndFewRequestsAreWasted(int interval, double most) {
    for (int seed = 1; seed <= 10; seed++) {
      var played = new PlayedSlots(seed, interval, 20, 1_000).play(200);

      assertThat(played.timesGreedy()).as("seed %s", seed).isLessThan(most);
      assertThat(played.refusals()).as("seed %s", seed).isLessThan(100);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 1.04", "200, 1.06", "300, 1.08"})
  void withTheLimitGivenNothingIsWasted(int interval, double most) {
    for (int seed = 1; seed <= 10; seed++) {
      var played = new PlayedSlots(seed, interval, 20, 20).play(200);

      assertThat(played.timesGreedy()).as("seed %s", seed).isLessThan(most);
      assertThat(played.refusals()).as("seed %s", seed).isZero();
    }
  }

  @Test
  void aGatewayThatTakesFewerThanBeforeIsFollowedDown() {
    var played = new PlayedSlots(1, 300, 40, 1_000).change(8_000, 10).play(400);

    assertThat(played.learned()).isBetween(8, 13);
    assertThat(played.refusals()).isLessThan(200);
  }

  @Test
  void aGatewayThatTakesMoreThanBeforeIsFollowedUp() {
    var played = new PlayedSlots(1, 300, 10, 1_000).change(8_000, 40).play(400);

    assertThat(played.learned()).isBetween(34, 46);
    assertThat(played.refusals()).isLessThan(200);
  }

  private ActiveLimit limit(int ceiling, OptionalInt learned) {
    return new ActiveLimit(ceiling, learned, time, new SplittableRandom(7));
  }
}
