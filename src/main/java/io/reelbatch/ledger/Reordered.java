package io.reelbatch.ledger;

/**
 * What came of a {@link Reorder}.
 *
 * @param retried rows planned again that failed or were refused
 * @param released rows planned again that were skipped because of those
 * @param resubmitted rows planned again that were in doubt
 */
public record Reordered(int retried, int released, int resubmitted) {

  static final Reordered NOTHING = new Reordered(0, 0, 0);

  /** Whether any row was planned. */
  public boolean isAny() {
    return retried + resubmitted > 0;
  }
}
