package io.reelbatch.ledger;

import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.SendOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as the ledger writes it.
 *
 * @param word stands in {@code attempt.outcome}
 * @param event what it means for the row
 * @param reason null when the request was accepted
 */
record Answered(String word, RowEvent event, @Nullable Reason reason) {

  static Answered of(SendOutcome outcome) {
    if (outcome instanceof SendOutcome.Accepted) {
      return new Answered("ACCEPTED", RowEvent.ACCEPTED, null);
    } else if (outcome instanceof SendOutcome.NotSent notSent) {
      return new Answered("NOT_SENT", RowEvent.NOT_SENT, notSent.reason());
    } else if (outcome instanceof SendOutcome.Deferred deferred) {
      return new Answered("DEFERRED", RowEvent.DEFERRED, deferred.reason());
    } else if (outcome instanceof SendOutcome.Refused refused) {
      return new Answered("REFUSED", RowEvent.REFUSED, refused.reason());
    } else if (outcome instanceof SendOutcome.Halt halt) {
      return new Answered("HALTED", RowEvent.HALTED, halt.reason());
    }
    // InDoubt, and whatever a later version adds without saying so here: never sent again unasked.
    Reason reason =
        outcome instanceof SendOutcome.InDoubt inDoubt
            ? inDoubt.reason()
            : Reason.of("unclassified", outcome.toString());
    return new Answered("IN_DOUBT", RowEvent.DOUBTED, reason);
  }
}
