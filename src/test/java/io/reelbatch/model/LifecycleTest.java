package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  /** Every pair of state and event that may be. A line more or less is a decision about money. */
  private static final String TABLE =
      """
      PLANNED, INTENDED -> SENDING
      PLANNED, ACCEPTED -> ACCEPTED
      PLANNED, FAILED -> FAILED
      PLANNED, SOURCE_GONE -> SKIPPED
      PLANNED, WITHDRAWN -> WITHDRAWN
      SENDING, NOT_SENT -> PLANNED
      SENDING, DEFERRED -> PLANNED
      SENDING, HALTED -> PLANNED
      SENDING, REFUSED -> REFUSED
      SENDING, ACCEPTED -> ACCEPTED
      SENDING, DOUBTED -> IN_DOUBT
      ACCEPTED, SUCCEEDED -> SUCCEEDED
      ACCEPTED, FAILED -> FAILED
      ACCEPTED, LOST -> LOST
      SUCCEEDED, REORDERED -> PLANNED
      FAILED, RETRIED -> PLANNED
      LOST, SUCCEEDED -> SUCCEEDED
      LOST, FAILED -> FAILED
      LOST, RETRIED -> PLANNED
      REFUSED, ADMITTED -> PLANNED
      REFUSED, RETRIED -> PLANNED
      IN_DOUBT, ACCEPTED -> ACCEPTED
      IN_DOUBT, RESUBMITTED -> PLANNED
      IN_DOUBT, WRITTEN_OFF -> WRITTEN_OFF
      WRITTEN_OFF, ACCEPTED -> ACCEPTED
      SKIPPED, WITHDRAWN -> WITHDRAWN
      SKIPPED, ADMITTED -> PLANNED
      SKIPPED, RETRIED -> PLANNED
      WITHDRAWN, ADMITTED -> PLANNED
      """;

  @Test
  void everyStateMeetsEveryEventAsTheTableSays() {
    var played = new StringBuilder();

    for (RowState state : RowState.values()) {
      for (RowEvent event : RowEvent.values()) {
        Lifecycle.peek(state, event)
            .ifPresent(next -> played.append(line(state, event)).append(next).append('\n'));
      }
    }

    assertThat(played).hasToString(TABLE);
  }

  @Test
  void aPairThatIsNotInTheTableThrowsAndNamesBoth() {
    for (RowState state : RowState.values()) {
      for (RowEvent event : RowEvent.values()) {
        if (TABLE.contains(line(state, event))) {
          assertThat(TABLE).contains(line(state, event) + Lifecycle.next(state, event) + "\n");
        } else {
          assertThatThrownBy(() -> Lifecycle.next(state, event))
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("a row " + state + " cannot be " + event);
        }
      }
    }
  }

  @Test
  void onlyARowThatIsPlannedCanBeSent() {
    Stream<RowState> sendable =
        Stream.of(RowState.values())
            .filter(state -> Lifecycle.peek(state, RowEvent.INTENDED).isPresent());

    assertThat(sendable).containsExactly(RowState.PLANNED);
  }

  @Test
  void onlyAPersonsWordSendsARowInDoubtAgain() {
    Stream<RowEvent> ways =
        Stream.of(RowEvent.values())
            .filter(
                event ->
                    Lifecycle.peek(RowState.IN_DOUBT, event)
                        .filter(RowState.PLANNED::equals)
                        .isPresent());

    assertThat(ways).containsExactly(RowEvent.RESUBMITTED);
  }

  @Test
  void theDeadEndsAreTheStatesFromWhichNoVideoComesUnasked() {
    Set<RowState> deadEnds = EnumSet.noneOf(RowState.class);

    Stream.of(RowState.values()).filter(RowState::isDeadEnd).forEach(deadEnds::add);

    assertThat(deadEnds)
        .containsExactlyInAnyOrder(
            RowState.FAILED,
            RowState.LOST,
            RowState.REFUSED,
            RowState.WRITTEN_OFF,
            RowState.SKIPPED,
            RowState.INVALID);
  }

  @Test
  void aRunIsFinishedOnceNothingIsPlannedSendingOrAccepted() {
    Stream<RowState> unsettled = Stream.of(RowState.values()).filter(state -> !state.isSettled());

    assertThat(unsettled).containsExactly(RowState.PLANNED, RowState.SENDING, RowState.ACCEPTED);
  }

  private static String line(RowState state, RowEvent event) {
    return state + ", " + event + " -> ";
  }
}
