package io.reelbatch.job;

import io.reelbatch.ledger.Reorder;

/**
 * What a run is to order once more, beside the rows that were never sent. Each row that the gateway
 * takes again is paid for again.
 *
 * @param operator who asks for it; kept with each row in doubt that is sent again
 */
public record Reordering(FailedRows failed, RowsInDoubt doubts, String operator) {

  /** Only what was never sent is sent. */
  public static final Reordering NOTHING =
      new Reordering(FailedRows.KEEP, RowsInDoubt.KEEP, "nobody");

  /** Rows that failed or were refused. */
  public enum FailedRows {
    /** They stay as they are. */
    KEEP,
    /** Each is ordered once more, as often as the settings allow. */
    RETRY
  }

  /** Rows whose paid request has no known answer. */
  public enum RowsInDoubt {
    /** They stay in doubt. */
    KEEP,
    /** They are sent again; if the gateway took the first request, both are charged. */
    RESUBMIT
  }

  boolean retriesFailed() {
    return failed == FailedRows.RETRY;
  }

  boolean resubmitsDoubts() {
    return doubts == RowsInDoubt.RESUBMIT;
  }

  /** For the ledger; failed rows only if that many retries of a row are allowed now. */
  Reorder allowing(int retries) {
    return new Reorder(retriesFailed() ? retries : 0, resubmitsDoubts() ? operator : null);
  }
}
