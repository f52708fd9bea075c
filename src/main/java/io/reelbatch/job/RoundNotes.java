package io.reelbatch.job;

import io.reelbatch.ledger.Reordered;
import java.util.ArrayList;
import java.util.List;

/** What a person should know, before anything is sent, of rows that are ordered once more. */
final class RoundNotes {

  private static final String GOES_ON =
      "--retry-failed: the last round is not finished; this run goes on with it and retries nothing"
          + " more. When it is done, the same command opens the next round";

  private RoundNotes() {}

  /** The rows are known. */
  static List<String> of(Reordering asked, boolean finished, Reordered done, int automatic) {
    List<String> notes = new ArrayList<>();
    if (asked.retriesFailed() && !finished) {
      notes.add(GOES_ON);
    } else if (asked.retriesFailed()) {
      notes.add(retried(done, automatic));
    }
    if (done.resubmitted() > 0) {
      notes.add(resubmitted(String.valueOf(done.resubmitted())));
    }
    return notes;
  }

  /** The rows are known once the new input is loaded. */
  static List<String> beforeLoad(Reordering asked, boolean finished, long doubts) {
    List<String> notes = new ArrayList<>();
    if (asked.retriesFailed() && !finished) {
      notes.add(GOES_ON);
    }
    if (asked.resubmitsDoubts() && doubts > 0) {
      notes.add(resubmitted("up to " + doubts));
    }
    return notes;
  }

  private static String retried(Reordered done, int automatic) {
    return done.retried() == 0
        ? "--retry-failed: nothing to retry. A row that failed or was refused is retried "
            + (automatic == 1 ? "once" : automatic + " times")
            + " in the life of its batch (reelbatch.retry.automatic); to order one all the same:"
            + " again ROW"
        : "--retry-failed: "
            + done.retried()
            + " that failed or were refused are ordered once more"
            + (done.released() > 0 ? ", then " + done.released() + " that start from them" : "")
            + "; each that the gateway takes is paid for";
  }

  private static String resubmitted(String rows) {
    return "WARNING --in-doubt=resubmit: "
        + rows
        + " in doubt are sent again. Where the gateway took the first request, both are charged";
  }
}
