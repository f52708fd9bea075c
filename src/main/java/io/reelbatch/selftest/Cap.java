package io.reelbatch.selftest;

/** How many of a batch's orders the program is allowed to pay for. */
enum Cap {
  /** As many as there are: more would be a second payment. */
  ALL(1),
  /** Not all, so that a run has to stop at the cap, killed or not. */
  MOST(0.7);

  private final double share;

  Cap(double share) {
    this.share = share;
  }

  long of(int orders) {
    return (long) (orders * share);
  }
}
