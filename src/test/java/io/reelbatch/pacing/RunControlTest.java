package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunControlTest {

  private static final Reason WORDS = Reason.of("code", "words");

  private static final AccountName ANNA = new AccountName("anna");
  private static final AccountName BEN = new AccountName("ben");

  private final HandTime time = new HandTime();
  private final Pulse pulse = new Pulse();

  @Test
  void aRunGoesOnUntilSomethingEndsIt() {
    var control = control(Duration.ofHours(1), Duration.ofHours(2));

    assertThat(control.stopped()).isEmpty();
    assertThat(control.halted()).isEmpty();
    assertThat(control.isOver(Side.SUBMIT)).isFalse();
    assertThat(control.isOver(Side.POLL)).isFalse();
  }

  @Test
  void theFirstCauseOfAStopIsKept() {
    var control = control(Duration.ofHours(1), Duration.ofHours(2));

    control.stop(StopCause.SIGNAL);
    control.stop(StopCause.PATIENCE);
    time.pass(Duration.ofHours(3));

    assertThat(control.stopped()).contains(StopCause.SIGNAL);
  }

  @Test
  void aRunStopsWhenItsDeadlineHasPassedAndNotBefore() {
    var control = control(Duration.ofHours(1), Duration.ofHours(2));

    time.pass(Duration.ofHours(1).minusNanos(1));
    control.progressed();
    assertThat(control.stopped()).isEmpty();
    time.pass(Duration.ofNanos(1));

    assertThat(control.stopped()).contains(StopCause.DEADLINE);
  }

  @Test
  void aRunWithoutADeadlineGoesOnAsLongAsSomethingChanges() {
    var control = control(null, Duration.ofHours(2));

    for (int i = 0; i < 1_000; i++) {
      time.pass(Duration.ofHours(2).minusNanos(1));
      assertThat(control.stopped()).isEmpty();
      control.progressed();
    }
    time.pass(Duration.ofHours(2));

    assertThat(control.stopped()).contains(StopCause.PATIENCE);
  }

  @Test
  void patienceThatHasRunOutDoesNotComeBack() {
    var control = control(null, Duration.ofHours(2));
    time.pass(Duration.ofHours(2));
    assertThat(control.stopped()).contains(StopCause.PATIENCE);

    control.progressed();

    assertThat(control.stopped()).contains(StopCause.PATIENCE);
  }

  @Test
  void theDeadlineIsNamedBeforeThePatience() {
    var control = control(Duration.ofHours(1), Duration.ofHours(1));

    time.pass(Duration.ofHours(1));

    assertThat(control.stopped()).contains(StopCause.DEADLINE);
  }

  @Test
  void moreTimeThanTheClockCanCountIsForEver() {
    var control = control(Duration.ofDays(400_000), Duration.ofDays(400_000));

    time.pass(Duration.ofDays(1_000));

    assertThat(control.stopped()).isEmpty();
  }

  @Test
  void theFirstCauseOfAHaltIsKept() {
    var control = control(null, Duration.ofHours(2));

    control.halt(HaltCause.BALANCE, WORDS);
    control.halt(HaltCause.ROUTE, Reason.of("other", ""));

    assertThat(control.halted()).contains(new RunControl.Halted(HaltCause.BALANCE, WORDS));
  }

  @Test
  void aCauseThatEndsPollingTooWinsOverOneThatDoesNot() {
    var control = control(null, Duration.ofHours(2));

    control.halt(HaltCause.BALANCE, WORDS);
    control.halt(HaltCause.KEY, WORDS);

    assertThat(control.halted().orElseThrow().cause()).isEqualTo(HaltCause.KEY);
  }

  @ParameterizedTest
  @EnumSource(HaltCause.class)
  void aCauseThatEndsPollingIsNeverReplaced(HaltCause later) {
    var control = control(null, Duration.ofHours(2));
    control.halt(HaltCause.ACCOUNT, WORDS);

    control.halt(later, Reason.of("later", ""));

    assertThat(control.halted()).contains(new RunControl.Halted(HaltCause.ACCOUNT, WORDS));
  }

  @Test
  void eachSideSeesTheOthersEnd() {
    var control = control(null, Duration.ofHours(2));

    control.ended(Side.SUBMIT);

    assertThat(control.isOver(Side.SUBMIT)).isTrue();
    assertThat(control.isOver(Side.POLL)).isFalse();
    control.ended(Side.POLL);
    assertThat(control.isOver(Side.POLL)).isTrue();
  }

  @Test
  void whoWaitsIsWokenByAStopAHaltAndAnEnd() {
    var control = control(null, Duration.ofHours(2));

    control.stop(StopCause.SIGNAL);
    assertThat(pulse.beats()).isEqualTo(1);
    control.halt(HaltCause.KEY, WORDS);
    assertThat(pulse.beats()).isEqualTo(2);
    control.ended(Side.POLL);
    assertThat(pulse.beats()).isEqualTo(3);
  }

  @Test
  void everyCauseOfAStopSaysWhatHappened() {
    assertThat(StopCause.values())
        .extracting(StopCause::text)
        .containsExactly(
            "stopped by a signal", "the deadline has passed", "nothing has changed for too long");
  }

  @Test
  void whatHaltsTheRunsOwnAccountHaltsAllSending() {
    var control = control(null, Duration.ofHours(2));
    control.sendsWith(BEN, account -> Optional.empty());

    control.halt(BEN, HaltCause.KEY, WORDS);

    assertThat(control.halted()).contains(new RunControl.Halted(HaltCause.KEY, WORDS));
  }

  @Test
  void whatHaltsAnotherAccountHaltsThatOneUntilNothingElseIsLeft() {
    var control = control(null, Duration.ofHours(2));
    control.sendsWith(BEN, account -> Optional.empty());

    control.halt(ANNA, HaltCause.BALANCE, WORDS);
    assertThat(control.halted()).isEmpty();
    assertThat(control.maySend(ANNA)).isFalse();
    assertThat(control.mayAsk(ANNA)).isTrue();
    assertThat(control.unasked()).isEmpty();

    control.halt(ANNA, HaltCause.KEY, WORDS);
    assertThat(control.mayAsk(ANNA)).isFalse();
    assertThat(control.maySend(BEN)).isTrue();
    assertThat(control.unasked()).containsExactly(ANNA);

    control.haltForOthers();
    assertThat(control.halted()).contains(new RunControl.Halted(HaltCause.KEY, WORDS));
  }

  @Test
  void anAccountIsFoundToLackItsKeyWhenItIsFirstNeeded() {
    var control = control(null, Duration.ofHours(2));
    control.sendsWith(BEN, account -> Optional.of(WORDS));

    assertThat(control.maySend(BEN)).as("its own key was looked for before").isTrue();
    assertThat(control.unsent()).isEmpty();
    assertThat(control.mayAsk(ANNA)).isFalse();
    assertThat(control.unsent()).containsExactly(ANNA);
  }

  @Test
  void anAddressThatIsWrongIsWrongForAllAccounts() {
    var control = control(null, Duration.ofHours(2));
    control.sendsWith(BEN, account -> Optional.empty());

    control.halt(ANNA, HaltCause.ROUTE, WORDS);

    assertThat(control.halted()).contains(new RunControl.Halted(HaltCause.ROUTE, WORDS));
  }

  private RunControl control(@Nullable Duration deadline, Duration patience) {
    return new RunControl(time, pulse, deadline, patience);
  }
}
