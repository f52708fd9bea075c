package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final HandTime time = new HandTime();
  private final PollSchedule<String> schedule =
      new PollSchedule<>(time, effort -> Duration.ofSeconds(Long.parseLong(effort.name())));

  @Test
  void anEmptyScheduleHasNothingDueForALongTime() {
    assertThat(schedule.due(10)).isEmpty();
    assertThat(schedule.untilFirst()).isEqualTo(Duration.ofDays(1));
    assertThat(schedule.size()).isZero();
  }

  @Test
  void aTaskIsDueAfterItsDelay() {
    schedule.in(INTERVAL, "task");

    time.pass(INTERVAL.minusNanos(1));
    assertThat(schedule.due(1)).isEmpty();
    time.pass(Duration.ofNanos(1));
    assertThat(schedule.due(1)).containsExactly("task");
    assertThat(schedule.size()).isZero();
  }

  @Test
  void anArrivalIsDueWhenItIsOldEnoughForItsEffort() {
    schedule.arrived(new Effort("30"), Duration.ofSeconds(5), "long");
    schedule.arrived(new Effort("8"), Duration.ofSeconds(1), "short");

    assertThat(schedule.untilFirst()).isEqualTo(Duration.ofSeconds(7));
    time.pass(Duration.ofSeconds(7));
    assertThat(schedule.due(9)).containsExactly("short");
    time.pass(Duration.ofSeconds(18));
    assertThat(schedule.due(9)).containsExactly("long");
  }

  @Test
  void whatIsLearnedMovesTheFirstPollsOfThoseThatWait() {
    var first = new AtomicReference<>(Duration.ofSeconds(30));
    var learning = new PollSchedule<String>(time, effort -> first.get());
    learning.arrived(new Effort("x"), Duration.ZERO, "task");

    first.set(Duration.ofSeconds(4));

    assertThat(learning.untilFirst()).isEqualTo(Duration.ofSeconds(4));
    first.set(Duration.ofSeconds(50));
    assertThat(learning.untilFirst()).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void arrivalsAndThoseThatWereAskedBeforeTakeTurnsByHowLongTheyAreOverdue() {
    schedule.arrived(new Effort("5"), Duration.ZERO, "second");
    schedule.in(Duration.ofSeconds(4), "first");
    schedule.arrived(new Effort("5"), Duration.ZERO, "third");
    schedule.in(Duration.ofSeconds(6), "fourth");

    time.pass(INTERVAL);

    assertThat(schedule.due(3)).containsExactly("first", "second", "third");
    assertThat(schedule.size()).isEqualTo(1);
    assertThat(schedule.due(3)).containsExactly("fourth");
  }

  @Test
  void theLongestOverdueComesFirst() {
    schedule.in(Duration.ofSeconds(30), "third");
    schedule.in(Duration.ofSeconds(10), "first");
    schedule.in(Duration.ofSeconds(20), "second");
    time.pass(Duration.ofMinutes(1));

    assertThat(schedule.due(2)).containsExactly("first", "second");
    assertThat(schedule.size()).isEqualTo(1);
    assertThat(schedule.due(2)).containsExactly("third");
  }

  @Test
  void whatIsDueAtTheSameMomentKeepsItsOrder() {
    for (String task : List.of("a", "b", "c", "d", "e")) {
      schedule.in(Duration.ZERO, task);
    }

    assertThat(schedule.untilFirst()).isZero();
    assertThat(schedule.due(9)).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void anOverdueTaskIsDueAtOnce() {
    schedule.in(INTERVAL, "task");

    time.pass(Duration.ofHours(1));

    assertThat(schedule.untilFirst()).isZero();
  }

  @Test
  void nobodyStarvesWhenThePollRateIsShort() {
    Map<String, Integer> polls = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      schedule.in(INTERVAL, "task " + i);
    }

    // One poll a second for 100 tasks that want ten a second; new ones keep coming in.
    for (int second = 0; second < 2_000; second++) {
      time.pass(Duration.ofSeconds(1));
      for (String task : schedule.due(1)) {
        polls.merge(task, 1, Integer::sum);
        schedule.in(INTERVAL, task);
      }
    }

    assertThat(polls).hasSize(100);
    assertThat(polls.values()).allSatisfy(n -> assertThat(n).isBetween(19, 21));
  }
}
