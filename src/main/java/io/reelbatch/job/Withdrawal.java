package io.reelbatch.job;

import io.reelbatch.ledger.StagedInput;
import io.reelbatch.ledger.StagedPlan;
import io.reelbatch.model.Message;
import java.util.Optional;

/**
 * Rows that were not sent yet and that a new version of the file no longer has. Where the file has
 * none of the batch's rows it may be another file under the same name: a new file of each day is
 * right to take the place of yesterday's, so it is not refused, but said so that nobody misses it.
 *
 * @param strange whether the file has none of the batch's rows
 */
record Withdrawal(Message message, boolean strange) {

  /** What the input would withdraw; empty if nothing. */
  static Optional<Withdrawal> of(StagedPlan plan, StagedInput input) {
    long leaving = plan.leaving(input);
    if (leaving == 0) {
      return Optional.empty();
    }
    Message rows =
        leaving == 1
            ? Message.of("1 row of the batch that was not sent yet is")
            : Message.of("{0} rows of the batch that were not sent yet are", leaving);
    return Optional.of(
        plan.hasKnown(input)
            ? new Withdrawal(
                Message.of("{0} no longer in the file: withdrawn, not to be sent", rows), false)
            : new Withdrawal(
                Message.of(
                    "{0} no longer in the file: withdrawn, not to be sent. None of its lines is in the"
                        + " batch: if it is another file under the same name, give each a batch of"
                        + " its own with --batch, else they take each other's rows away",
                    rows),
                true));
  }

  /** What a person should know of rows that are paid for; empty if all are still there. */
  static Optional<Message> ofPaidRows(StagedPlan plan, StagedInput input) {
    long leaving = plan.leavingWithTask(input);
    return leaving == 0
        ? Optional.empty()
        : Optional.of(
            Message.of(
                "{0} no longer in the file: paid for all the same, and watched to the end, but not in"
                    + " the results. Put the lines back to have them there",
                leaving == 1
                    ? Message.of("1 row of the batch that was sent is")
                    : Message.of("{0} rows of the batch that were sent are", leaving)));
  }

  /** Tells whoever watches the run of all that leaves. */
  static void tell(StagedPlan plan, StagedInput input, RunView view) {
    of(plan, input).ifPresent(withdrawal -> withdrawal.tell(view));
    ofPaidRows(plan, input).ifPresent(view::note);
  }

  private void tell(RunView view) {
    if (strange) {
      view.warns(message);
    } else {
      view.note(message);
    }
  }
}
