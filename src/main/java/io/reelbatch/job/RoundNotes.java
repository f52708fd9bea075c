package io.reelbatch.job;

import io.reelbatch.ledger.Reordered;
import io.reelbatch.model.Message;
import java.util.ArrayList;
import java.util.List;

/** What a person should know, before anything is sent, of rows that are ordered once more. */
final class RoundNotes {

  private static final Message GOES_ON =
      Message.of(
          "--retry-failed: the last round is not finished; this run goes on with it and retries"
              + " nothing more. When it is done, the same command opens the next round");

  private RoundNotes() {}

  /** The rows are known. */
  static List<Message> of(Reordering asked, boolean finished, Reordered done, int automatic) {
    List<Message> notes = new ArrayList<>();
    if (asked.retriesFailed() && !finished) {
      notes.add(GOES_ON);
    } else if (asked.retriesFailed()) {
      notes.add(retried(done, automatic));
    }
    if (done.resubmitted() > 0) {
      notes.add(resubmitted(Message.verbatim(done.resubmitted())));
    }
    return notes;
  }

  /** The rows are known once the new input is loaded. */
  static List<Message> beforeLoad(Reordering asked, boolean finished, long doubts) {
    List<Message> notes = new ArrayList<>();
    if (asked.retriesFailed() && !finished) {
      notes.add(GOES_ON);
    }
    if (asked.resubmitsDoubts() && doubts > 0) {
      notes.add(resubmitted(Message.of("up to {0}", doubts)));
    }
    return notes;
  }

  private static Message retried(Reordered done, int automatic) {
    return done.retried() == 0
        ? Message.of(
            "--retry-failed: nothing to retry. A row that failed or was refused is retried {0} in the"
                + " life of its batch (reelbatch.retry.automatic); to order one all the same: again"
                + " ROW",
            automatic == 1 ? Message.of("once") : Message.of("{0} times", automatic))
        : Message.of(
            "--retry-failed: {0} that failed or were refused are ordered once more{1}; each that the"
                + " gateway takes is paid for",
            done.retried(),
            done.released() > 0
                ? Message.of(", then {0} that start from them", done.released())
                : Message.NOTHING);
  }

  private static Message resubmitted(Message rows) {
    return Message.of(
        "WARNING --in-doubt=resubmit: {0} in doubt are sent again. Where the gateway took the first"
            + " request, both are charged",
        rows);
  }
}
