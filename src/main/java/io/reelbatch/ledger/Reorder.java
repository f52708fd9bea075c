package io.reelbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What is to be ordered once more without naming single rows; only rows of the active input.
 *
 * @param retries a row that failed or was refused is planned again while it had fewer retries of
 *     this kind than that; with 0, none is
 * @param resubmitter who wants every row in doubt sent again; null: they stay in doubt
 */
public record Reorder(int retries, @Nullable String resubmitter) {

  /** Nothing. */
  public static final Reorder NOTHING = new Reorder(0, null);

  /** Whether anything at all is asked for. */
  public boolean isAny() {
    return retries > 0 || resubmitter != null;
  }
}
