package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class TaskTimesTest {

  private static final Effort EFFORT = new Effort("create sora-2 10");
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final TaskTimes times = new TaskTimes(FIRST, INTERVAL, new SplittableRandom(7));

  @Test
  void untilFiveHaveEndedTheFirstPollIsWhereItIsSet() {
    for (int i = 0; i < 4; i++) {
      ended(100);
    }
    assertThat(times.firstPoll(EFFORT)).isEqualTo(FIRST);

    ended(100);

    assertThat(times.firstPoll(EFFORT)).isEqualTo(Duration.ofMillis(87_500));
    assertThat(times.firstPoll(new Effort("create other"))).isEqualTo(FIRST);
  }

  @Test
  void whatIsSaidOfAnEffortHoldsUntilMoreIsLearned() {
    var said = new TaskTimes(effort -> Duration.ofSeconds(7), INTERVAL, new SplittableRandom(7));

    assertThat(said.firstPoll(EFFORT)).isEqualTo(Duration.ofSeconds(7));
    for (int i = 0; i < 5; i++) {
      said.ended(EFFORT, Duration.ofSeconds(85), Duration.ofSeconds(100));
    }
    assertThat(said.firstPoll(EFFORT)).isEqualTo(Duration.ofMillis(87_500));
  }

  @Test
  void theFirstPollComesWhenFewHaveEnded() {
    for (int seconds = 100; seconds < 200; seconds++) {
      ended(seconds);
    }

    assertThat(times.firstPoll(EFFORT)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
  }

  @Test
  void tasksThatAreDoneAtTheirFirstPollBringItForward() {
    for (int i = 0; i < 300; i++) {
      times.ended(EFFORT, Duration.ZERO, times.firstPoll(EFFORT));
    }

    assertThat(times.firstPoll(EFFORT)).isLessThan(INTERVAL.dividedBy(2));
  }

  @Test
  void tasksThatAllTakeTheSameAreAskedAfterOnceAndSoonAfterTheirEnd() {
    Outcome outcome = playedWith(i -> 100);

    assertThat(outcome.halfKnownAfter()).isLessThan(INTERVAL.toMillis() / 2);
    assertThat(outcome.pollsOfATask()).isLessThan(2);
    assertThat(times.firstPoll(EFFORT))
        .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(100).plus(INTERVAL.dividedBy(2)));
  }

  @Test
  void tasksShorterThanTheIntervalAreNotAskedAfterJustBeforeTheirEnd() {
    Outcome outcome = playedWith(i -> 4);

    assertThat(outcome.halfKnownAfter()).isLessThan(INTERVAL.toMillis() / 2);
    assertThat(outcome.pollsOfATask()).isLessThan(2);
  }

  @Test
  void amongTasksOfAllLengthsNearlyNoneWaitsLongerThanAnInterval() {
    Outcome outcome = playedWith(i -> 40 + 37 * i % 200);

    assertThat(outcome.mostKnownAfter()).isLessThan(INTERVAL.toMillis() * 21 / 20);
    assertThat(times.firstPoll(EFFORT)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  @Test
  void whereProgressForetellsEndsTheFirstPollComesEarlyToHearIt() {
    playedWith(i -> 100);
    Duration untold = times.firstPoll(EFFORT);

    trustProgress();

    assertThat(times.firstPoll(EFFORT)).isLessThan(untold);
  }

  /** How long after their ends half and 95 of 100 were known, in milliseconds. */
  private record Outcome(long halfKnownAfter, long mostKnownAfter, double pollsOfATask) {}

  /** A thousand tasks one after the other, of which the first hundred teach. */
  private Outcome playedWith(IntUnaryOperator secondsOfTask) {
    List<Long> late = new ArrayList<>();
    int polls = 0;
    for (int i = 0; i < 1_000; i++) {
      Duration end = Duration.ofSeconds(secondsOfTask.applyAsInt(i));
      Duration working = Duration.ZERO;
      Duration poll = times.firstPoll(EFFORT);
      int needed = 1;
      while (poll.compareTo(end) < 0) {
        working = poll;
        poll = poll.plus(times.nextPoll(EFFORT, poll, null));
        needed++;
      }
      times.ended(EFFORT, working, poll);
      if (i >= 100) {
        late.add(poll.minus(end).toMillis());
        polls += needed;
      }
    }
    late.sort(null);
    return new Outcome(
        late.get(late.size() / 2), late.get(late.size() * 95 / 100), (double) polls / late.size());
  }

  @Test
  void aNightInBetweenDoesNotHoldTheFirstPollForHours() {
    for (int i = 0; i < 5; i++) {
      times.ended(EFFORT, Duration.ofHours(8), Duration.ofHours(9));
    }

    assertThat(times.firstPoll(EFFORT)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aClockThatWentBackTeachesNothing() {
    for (int i = 0; i < 5; i++) {
      times.ended(EFFORT, Duration.ZERO, Duration.ofSeconds(-3));
      times.ended(EFFORT, Duration.ofSeconds(-3), Duration.ofSeconds(3));
    }

    assertThat(times.firstPoll(EFFORT)).isEqualTo(FIRST);
  }

  @Test
  void betweenTwoPollsLiesTheIntervalAndUpToATwentiethMore() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(40), 50))
          .isBetween(INTERVAL, INTERVAL.multipliedBy(21).dividedBy(20));
      assertThat(times.again()).isBetween(INTERVAL, INTERVAL.multipliedBy(21).dividedBy(20));
    }
  }

  @Test
  void progressThatForetoldTheEndsMovesThePollToTheNextOne() {
    trustProgress();

    // Half done after 40 s: 40 s are left, which is two steps of 20 s.
    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(40), 50))
        .isBetween(Duration.ofSeconds(20), Duration.ofMillis(20_010));
    // Too near for a poll of its own, and the gateway knows nothing newer before.
    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(76), 95)).isEqualTo(INTERVAL);
    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(76), null))
        .isBetween(INTERVAL, INTERVAL.multipliedBy(21).dividedBy(20));
  }

  @Test
  void progressThatForetellsEndsTooLateIsNotTrusted() {
    trustProgress();

    for (int i = 0; i < 3; i++) {
      times.compared(EFFORT, Duration.ofSeconds(200), Duration.ofSeconds(80));
    }

    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(40), 50))
        .isBetween(INTERVAL, INTERVAL.multipliedBy(21).dividedBy(20));
    for (int i = 0; i < 25; i++) {
      times.compared(EFFORT, Duration.ofSeconds(80), Duration.ofSeconds(80));
    }
    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(40), 50))
        .isBetween(Duration.ofSeconds(20), Duration.ofMillis(20_010));
  }

  @Test
  void whatTakesTenTimesTheUsualTimeIsAskedAfterLessOften() {
    for (int i = 0; i < 5; i++) {
      ended(100);
    }

    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(900), null))
        .isLessThan(Duration.ofSeconds(17));
    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(1_000), null))
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(55));
    assertThat(times.nextPoll(EFFORT, Duration.ofHours(10), null))
        .isBetween(Duration.ofSeconds(150), Duration.ofSeconds(165));
  }

  @Test
  void aShortTaskThatStragglesIsNotAskedAfterMoreOften() {
    for (int i = 0; i < 5; i++) {
      times.ended(EFFORT, Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    assertThat(times.nextPoll(EFFORT, Duration.ofSeconds(100), null))
        .isBetween(INTERVAL, INTERVAL.multipliedBy(21).dividedBy(20));
  }

  @Test
  void progressThatSaysNothingForetellsNothing() {
    assertThat(TaskTimes.foretold(INTERVAL, null)).isEmpty();
    assertThat(TaskTimes.foretold(INTERVAL, 0)).isEmpty();
    assertThat(TaskTimes.foretold(INTERVAL, 100)).isEmpty();
    assertThat(TaskTimes.foretold(Duration.ofSeconds(-1), 10)).isEmpty();
    assertThat(TaskTimes.foretold(INTERVAL, 50)).contains(Duration.ofSeconds(30));
  }

  @Test
  void ofManyEffortsTheOldestIsForgotten() {
    for (int i = 0; i < 5; i++) {
      ended(100);
    }

    for (int i = 0; i < 1_000; i++) {
      times.ended(new Effort("other " + i), INTERVAL, FIRST);
    }

    assertThat(times.firstPoll(EFFORT)).isEqualTo(FIRST);
  }

  private void trustProgress() {
    for (int i = 0; i < 5; i++) {
      times.compared(EFFORT, Duration.ofSeconds(80), Duration.ofSeconds(81));
    }
  }

  private void ended(int seconds) {
    times.ended(EFFORT, Duration.ofSeconds(seconds - 15), Duration.ofSeconds(seconds));
  }
}
