package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final HandTime time = new HandTime();
  private final PollSchedule<String> schedule = new PollSchedule<>(time, new SplittableRandom(7));

  @Test
  void anEmptyScheduleHasNothingDueForALongTime() {
    assertThat(schedule.due(10)).isEmpty();
    assertThat(schedule.untilFirst()).isEqualTo(Duration.ofDays(1));
    assertThat(schedule.size()).isZero();
  }

  @Test
  void aTaskIsDueAfterItsDelayGiveOrTakeATenth() {
    for (int i = 0; i < 10_000; i++) {
      schedule.in(INTERVAL, "task");
      Duration wait = schedule.untilFirst();

      assertThat(wait).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
      time.pass(wait.minusNanos(1));
      assertThat(schedule.due(1)).isEmpty();
      time.pass(Duration.ofNanos(1));
      assertThat(schedule.due(1)).containsExactly("task");
    }
  }

  @Test
  void tasksSentTogetherSpread() {
    for (int i = 0; i < 1_000; i++) {
      schedule.in(INTERVAL, "task " + i);
    }

    time.pass(Duration.ofSeconds(9));
    List<Integer> perTenth = new ArrayList<>();
    for (int tenth = 0; tenth < 20; tenth++) {
      time.pass(Duration.ofMillis(100));
      perTenth.add(schedule.due(1_000).size());
    }

    assertThat(perTenth).allSatisfy(due -> assertThat(due).isBetween(20, 80));
    assertThat(schedule.size()).isZero();
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
