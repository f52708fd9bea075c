package io.reelbatch.ledger;

import io.reelbatch.model.RowEvent;
import io.reelbatch.model.SendOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing to be written by the ledger's writer thread. */
sealed interface JournalEntry {

  /** Paid requests are about to leave for these rows, as far as the caps grant it. */
  record Intents(List<PlannedRow> rows, Instant at, Grant grant) implements JournalEntry {}

  /** A paid request has ended. */
  record Answer(Attempt attempt, SendOutcome outcome, Instant at) implements JournalEntry {}

  /**
   * A task was asked after.
   *
   * @param event what that means for its row; null when nothing changes but the facts
   * @param attempts a row that failed is planned again until so many paid requests were made for it
   *     in the round
   */
  record Heard(OpenTask task, TaskFacts facts, @Nullable RowEvent event, int attempts, Instant at)
      implements JournalEntry {}
}
