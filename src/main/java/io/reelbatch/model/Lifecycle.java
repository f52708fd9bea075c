package io.reelbatch.model;

import static io.reelbatch.model.RowState.ACCEPTED;
import static io.reelbatch.model.RowState.FAILED;
import static io.reelbatch.model.RowState.IN_DOUBT;
import static io.reelbatch.model.RowState.LOST;
import static io.reelbatch.model.RowState.PLANNED;
import static io.reelbatch.model.RowState.REFUSED;
import static io.reelbatch.model.RowState.SENDING;
import static io.reelbatch.model.RowState.SKIPPED;
import static io.reelbatch.model.RowState.SUCCEEDED;
import static io.reelbatch.model.RowState.WITHDRAWN;
import static io.reelbatch.model.RowState.WRITTEN_OFF;

import java.util.Map;
import java.util.Optional;

/** The one table of state, event and next state. A pair that is not in it is a bug. */
public final class Lifecycle {

  private static final Map<RowState, Map<RowEvent, RowState>> TABLE =
      Map.ofEntries(
          Map.entry(
              PLANNED,
              Map.of(
                  RowEvent.INTENDED, SENDING,
                  RowEvent.SOURCE_GONE, SKIPPED,
                  RowEvent.WITHDRAWN, WITHDRAWN,
                  RowEvent.FAILED, FAILED, // planned once more, and then that is not wanted
                  RowEvent.ACCEPTED, ACCEPTED)), // the first attempt's answer, come late
          Map.entry(
              SENDING,
              Map.of(
                  RowEvent.NOT_SENT, PLANNED,
                  RowEvent.DEFERRED, PLANNED,
                  RowEvent.HALTED, PLANNED,
                  RowEvent.REFUSED, REFUSED,
                  RowEvent.ACCEPTED, ACCEPTED,
                  RowEvent.DOUBTED, IN_DOUBT)),
          Map.entry(
              ACCEPTED,
              Map.of(
                  RowEvent.SUCCEEDED, SUCCEEDED,
                  RowEvent.FAILED, FAILED,
                  RowEvent.LOST, LOST)),
          Map.entry(
              LOST, // later runs ask again
              Map.of(
                  RowEvent.SUCCEEDED, SUCCEEDED,
                  RowEvent.FAILED, FAILED,
                  RowEvent.RETRIED, PLANNED)),
          Map.entry(
              IN_DOUBT,
              Map.of(
                  RowEvent.ACCEPTED, ACCEPTED,
                  RowEvent.RESUBMITTED, PLANNED,
                  RowEvent.WRITTEN_OFF, WRITTEN_OFF)),
          Map.entry(WRITTEN_OFF, Map.of(RowEvent.ACCEPTED, ACCEPTED)),
          Map.entry(FAILED, Map.of(RowEvent.RETRIED, PLANNED)),
          Map.entry(REFUSED, Map.of(RowEvent.RETRIED, PLANNED, RowEvent.ADMITTED, PLANNED)),
          Map.entry(
              SKIPPED,
              Map.of(
                  RowEvent.RETRIED, PLANNED,
                  RowEvent.ADMITTED, PLANNED,
                  RowEvent.WITHDRAWN, WITHDRAWN)),
          Map.entry(SUCCEEDED, Map.of(RowEvent.REORDERED, PLANNED)),
          Map.entry(WITHDRAWN, Map.of(RowEvent.ADMITTED, PLANNED)));

  private Lifecycle() {}

  /** The state after the event; empty if that must not happen in this state. */
  public static Optional<RowState> peek(RowState state, RowEvent event) {
    return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(event));
  }

  /**
   * The state after the event.
   *
   * @throws IllegalStateException if that must not happen in this state
   */
  public static RowState next(RowState state, RowEvent event) {
    return peek(state, event)
        .orElseThrow(() -> new IllegalStateException("a row " + state + " cannot be " + event));
  }
}
