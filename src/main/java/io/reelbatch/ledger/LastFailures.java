package io.reelbatch.ledger;

import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last few rows that did not go well since the ledger was opened. Thread-safe. */
final class LastFailures {

  private static final int KEPT = 5;
  private static final Map<RowEvent, RowState> BAD =
      Map.of(
          RowEvent.REFUSED, RowState.REFUSED,
          RowEvent.DOUBTED, RowState.IN_DOUBT,
          RowEvent.FAILED, RowState.FAILED,
          RowEvent.LOST, RowState.LOST);

  private final Deque<Failure> newestFirst = new ArrayDeque<>();

  /** This was committed of a row; kept if it is bad news. */
  synchronized void note(RowKey row, @Nullable RowEvent event, @Nullable Reason reason) {
    RowState state = event == null ? null : BAD.get(event);
    if (state == null) {
      return;
    }
    newestFirst.addFirst(new Failure(row, state, reason == null ? Reason.of("", "") : reason));
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  /** The newest first. */
  synchronized List<Failure> list() {
    return List.copyOf(newestFirst);
  }
}
