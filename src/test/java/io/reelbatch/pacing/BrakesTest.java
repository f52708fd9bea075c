package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Blame;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Kind;
import io.reelbatch.model.KindHistory;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrakesTest {

  private static final BrakeSettings AS_SHIPPED = new BrakeSettings(1, 3, 0.05, 5, 5);
  private static final BrakeSettings ONLY_DOUBTS = new BrakeSettings(0, 3, 0.05, 0, 0);
  private static final Kind KIND = new Kind("create sora-2");
  private static final Kind OTHER = new Kind("create veo");
  private static final Reason WORDS = Reason.of("words", "some words");

  private final HandTime time = new HandTime();
  private Brakes brakes = new Brakes(AS_SHIPPED, time, Map.of());

  @Test
  void theFirstRowOfAKindGoesAloneUntilItIsAnswered() {
    assertThat(brakes.room(KIND)).isEqualTo(1);
    brakes.sending(KIND);
    assertThat(brakes.room(KIND)).isZero();
    assertThat(brakes.room(OTHER)).isEqualTo(1);

    brakes.answered(KIND, accepted());

    assertThat(brakes.room(KIND)).isGreaterThan(1);
  }

  @Test
  void aFirstRowThatWasNotTakenGoesAloneAgain() {
    for (SendOutcome outcome : List.of(notSent(), later(), halted())) {
      send(outcome);

      assertThat(brakes.room(KIND)).isEqualTo(1);
      assertThat(brakes.paused()).isEmpty();
    }
  }

  @Test
  void aFirstRowThatIsRefusedForItsFormStopsItsKind() {
    send(refused(Blame.ORDER));

    assertThat(brakes.room(KIND)).isZero();
    assertThat(brakes.paused()).containsOnlyKeys(KIND);
    assertThat(brakes.paused().get(KIND)).asString().contains("some words");
    assertThat(brakes.room(OTHER)).isEqualTo(1);
  }

  @Test
  void aModeratedPromptSaysNothingAboutItsKind() {
    for (int i = 0; i < 10; i++) {
      send(refused(Blame.PROMPT));
    }

    assertThat(brakes.room(KIND)).isEqualTo(1);
    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void onceARowWasTakenARefusalIsOneRowsOwnAffair() {
    send(accepted());

    for (int i = 0; i < 10; i++) {
      send(refused(Blame.ORDER));
    }

    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void withoutCanariesTheFirstRowsGoTogetherAndRefusalsStopNothing() {
    brakes = new Brakes(ONLY_DOUBTS, time, Map.of());

    send(refused(Blame.ORDER));

    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void threeLostAnswersInARowStopTheKind() {
    brakes = new Brakes(ONLY_DOUBTS, time, Map.of());
    send(doubt());
    send(doubt());
    assertThat(brakes.paused()).isEmpty();

    send(doubt());

    assertThat(brakes.room(KIND)).isZero();
    assertThat(brakes.paused().get(KIND)).asString().contains("3 of the last 3");
  }

  @Test
  void aReadableAnswerBetweenBreaksTheRow() {
    for (SendOutcome readable : List.of(accepted(), refused(Blame.PROMPT))) {
      send(doubt());
      send(doubt());
      send(readable);
    }

    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void moreThanFiveDoubtsAmongAHundredStopTheKind() {
    for (int i = 0; i < 5; i++) {
      send(doubt());
      send(accepted());
    }
    for (int i = 0; i < 80; i++) {
      send(accepted());
    }
    assertThat(brakes.paused()).isEmpty();

    send(doubt());

    assertThat(brakes.paused()).containsOnlyKeys(KIND);
  }

  @Test
  void doubtsOfLongAgoAreForgotten() {
    for (int i = 0; i < 5; i++) {
      send(doubt());
      send(accepted());
    }
    for (int i = 0; i < 99; i++) {
      send(accepted());
    }

    send(doubt());

    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void untilOneSucceedsNoMoreAreUnderWayThanMayFail() {
    send(accepted());
    assertThat(brakes.room(KIND)).isEqualTo(4);
    brakes.sending(KIND);
    assertThat(brakes.room(KIND)).isEqualTo(3);
    brakes.answered(KIND, accepted());
    assertThat(brakes.room(KIND)).isEqualTo(3);

    brakes.ended(KIND, RowEvent.FAILED);
    assertThat(brakes.room(KIND)).isEqualTo(3);
    brakes.ended(KIND, RowEvent.SUCCEEDED);

    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whenTheFirstFiveTasksFailTheKindStops() {
    for (int i = 0; i < 4; i++) {
      send(accepted());
      brakes.ended(KIND, RowEvent.FAILED);
    }
    assertThat(brakes.paused()).isEmpty();
    send(accepted());

    brakes.ended(KIND, RowEvent.FAILED);

    assertThat(brakes.paused().get(KIND)).asString().contains("5 tasks failed");
  }

  @Test
  void aLostTaskIsNoFailureAndGivesItsPlaceBack() {
    send(accepted());

    brakes.ended(KIND, RowEvent.LOST);

    assertThat(brakes.room(KIND)).isEqualTo(5);
  }

  @Test
  void afterASuccessFailuresStopNothing() {
    send(accepted());
    brakes.ended(KIND, RowEvent.SUCCEEDED);

    for (int i = 0; i < 20; i++) {
      send(accepted());
      brakes.ended(KIND, RowEvent.FAILED);
    }

    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void aModelThatCannotBeHadWaitsLongerEachTimeAndIsGivenUp() {
    int[] seconds = {1, 2, 4, 8};
    for (int wait : seconds) {
      send(unavailable(null));
      assertThat(brakes.room(KIND)).isZero();
      assertThat(brakes.isWaiting(KIND)).isTrue();
      time.pass(Duration.ofSeconds(wait).minusMillis(1));
      assertThat(brakes.isWaiting(KIND)).isTrue();
      time.pass(Duration.ofMillis(1));
      assertThat(brakes.isWaiting(KIND)).isFalse();
      assertThat(brakes.room(KIND)).isEqualTo(1);
    }

    send(unavailable(null));

    assertThat(brakes.isWaiting(KIND)).isFalse();
    assertThat(brakes.paused().get(KIND)).asString().contains("asked 5 times");
    assertThat(brakes.room(OTHER)).isEqualTo(1);
  }

  @Test
  void aModelWaitsAsLongAsTheGatewaySays() {
    send(unavailable(Duration.ofMinutes(10)));

    time.pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(brakes.isWaiting(KIND)).isTrue();
    time.pass(Duration.ofSeconds(1));
    assertThat(brakes.room(KIND)).isEqualTo(1);
  }

  @Test
  void noGatewayMakesAModelWaitForDays() {
    send(unavailable(Duration.ofDays(3)));

    time.pass(Duration.ofHours(1));

    assertThat(brakes.isWaiting(KIND)).isFalse();
  }

  @Test
  void anAnswerBetweenBeginsTheCountOfUnavailableAnew() {
    for (int i = 0; i < 20; i++) {
      send(unavailable(Duration.ofMillis(1)));
      time.pass(Duration.ofMillis(1));
      send(accepted());
      brakes.ended(KIND, RowEvent.SUCCEEDED);
    }

    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void switchedOffNothingEverPauses() {
    brakes = new Brakes(BrakeSettings.OFF, time, Map.of());
    for (int i = 0; i < 200; i++) {
      send(doubt());
      send(refused(Blame.ORDER));
      send(unavailable(Duration.ofMillis(1)));
      time.pass(Duration.ofMillis(1));
      send(accepted());
      brakes.ended(KIND, RowEvent.FAILED);
    }

    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
    assertThat(brakes.paused()).isEmpty();
  }

  @Test
  void aRowThatWasKeptBackAfterAllGivesItsPlaceBack() {
    brakes.sending(KIND);

    brakes.kept(KIND);

    assertThat(brakes.room(KIND)).isEqualTo(1);
  }

  @Test
  void aKindThatWasTakenInAnEarlierRunNeedsNoCanary() {
    brakes = remembering(new KindHistory(7, 2, 5, 0, Collections.nCopies(7, false)));

    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void tasksFromEarlierRunsCountAmongTheFirst() {
    brakes = remembering(new KindHistory(4, 2, 0, 2, List.of()));
    assertThat(brakes.room(KIND)).isEqualTo(1);

    brakes.ended(KIND, RowEvent.FAILED);
    brakes.ended(KIND, RowEvent.FAILED);
    assertThat(brakes.paused()).isEmpty();
    send(accepted());
    brakes.ended(KIND, RowEvent.FAILED);

    assertThat(brakes.paused()).containsOnlyKeys(KIND);
  }

  @Test
  void aKindWhoseTasksAllFailedIsTriedWithOneRowARun() {
    brakes = remembering(new KindHistory(5, 0, 0, 5, List.of()));
    assertThat(brakes.paused()).isEmpty();
    assertThat(brakes.room(KIND)).isEqualTo(1);
    send(accepted());
    assertThat(brakes.room(KIND)).isZero();

    brakes.ended(KIND, RowEvent.FAILED);
    assertThat(brakes.paused()).containsOnlyKeys(KIND);

    brakes = remembering(new KindHistory(6, 0, 0, 6, List.of()));
    send(accepted());
    brakes.ended(KIND, RowEvent.SUCCEEDED);
    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aKindWhoseAnswersWereLostIsTriedWithOneRowARun() {
    KindHistory lost = new KindHistory(2, 0, 2, 0, List.of(true, true, true, false, false));
    brakes = remembering(lost);
    assertThat(brakes.room(KIND)).isEqualTo(1);
    brakes.sending(KIND);
    assertThat(brakes.room(KIND)).isZero();
    brakes.answered(KIND, doubt());
    assertThat(brakes.paused()).containsOnlyKeys(KIND);

    brakes = remembering(lost);
    send(accepted());
    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aKindThatWasOnlyRefusedBeforeNeedsItsCanary() {
    brakes = remembering(new KindHistory(0, 0, 0, 0, List.of(false)));

    assertThat(brakes.room(KIND)).isEqualTo(1);
  }

  @Test
  void moreThanAHundredSendsAgoNothingCounts() {
    List<Boolean> sends = new ArrayList<>(Collections.nCopies(100, false));
    sends.addAll(Collections.nCopies(50, true));

    brakes = remembering(new KindHistory(100, 0, 100, 0, sends));

    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void howManyRefusedFirstRowsStopAKindIsASetting() {
    brakes = new Brakes(new BrakeSettings(2, 3, 0.05, 5, 5), time, Map.of());
    send(refused(Blame.ORDER));
    assertThat(brakes.paused()).isEmpty();

    send(refused(Blame.ORDER));

    assertThat(brakes.paused()).containsOnlyKeys(KIND);
  }

  @Test
  void oneFailureIsEnoughWhereTheSettingSaysSo() {
    brakes = new Brakes(new BrakeSettings(1, 3, 0.05, 1, 5), time, Map.of());
    send(accepted());

    brakes.ended(KIND, RowEvent.FAILED);

    assertThat(brakes.paused().get(KIND)).asString().contains("1 task failed");
  }

  @Test
  void whatWasSeenFirstIsWhatIsSaid() {
    brakes = new Brakes(ONLY_DOUBTS, time, Map.of());
    for (int i = 0; i < 4; i++) {
      send(doubt());
    }

    assertThat(brakes.paused().get(KIND)).asString().contains("3 of the last 3");
  }

  @Test
  void aPauseOfNoTimeIsAsGoodAsNoneSaid() {
    send(unavailable(Duration.ZERO));

    assertThat(brakes.isWaiting(KIND)).isTrue();
    time.pass(Duration.ofSeconds(1));
    assertThat(brakes.isWaiting(KIND)).isFalse();
  }

  @Test
  void onlyTheNewestDoubtsInARowCount() {
    brakes = remembering(new KindHistory(2, 0, 2, 0, List.of(true, true, false, true, true)));
    assertThat(brakes.room(KIND)).isEqualTo(Long.MAX_VALUE);

    send(doubt());

    assertThat(brakes.paused()).containsOnlyKeys(KIND);
  }

  @Test
  void theRunNamesWhatPausesInOrder() {
    send(refused(Blame.ORDER));
    brakes.sending(OTHER);
    brakes.answered(OTHER, refused(Blame.ORDER));

    assertThat(brakes.paused().keySet()).containsExactly(KIND, OTHER);
  }

  private Brakes remembering(KindHistory history) {
    return new Brakes(AS_SHIPPED, time, Map.of(KIND, history));
  }

  private void send(SendOutcome outcome) {
    brakes.sending(KIND);
    brakes.answered(KIND, outcome);
  }

  private static SendOutcome accepted() {
    return new SendOutcome.Accepted(new TaskId("task_1"), Evidence.NONE);
  }

  private static SendOutcome refused(Blame blame) {
    return new SendOutcome.Refused(WORDS, blame, Evidence.NONE);
  }

  private static SendOutcome doubt() {
    return new SendOutcome.InDoubt(WORDS, Evidence.NONE);
  }

  private static SendOutcome notSent() {
    return new SendOutcome.NotSent(WORDS);
  }

  private static SendOutcome halted() {
    return new SendOutcome.Halt(io.reelbatch.model.HaltCause.KEY, WORDS, Evidence.NONE);
  }

  private static SendOutcome later() {
    return new SendOutcome.Deferred(WORDS, null, SendOutcome.Reach.EVERYBODY, Evidence.NONE);
  }

  private static SendOutcome unavailable(@Nullable Duration pause) {
    return new SendOutcome.Deferred(WORDS, pause, SendOutcome.Reach.MODEL, Evidence.NONE);
  }
}
