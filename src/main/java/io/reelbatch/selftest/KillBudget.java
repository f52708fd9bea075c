package io.reelbatch.selftest;

import java.util.concurrent.atomic.AtomicInteger;

/** The kills that are still to be dealt, shared by the batches. Thread-safe. */
final class KillBudget {

  private final int all;
  private final AtomicInteger left;

  KillBudget(int kills) {
    this.all = kills;
    this.left = new AtomicInteger(kills);
  }

  /** Whether there is one, which is then the caller's. */
  boolean take() {
    return left.getAndUpdate(n -> Math.max(n - 1, 0)) > 0;
  }

  /** The run ended before it could be killed. */
  void giveBack() {
    left.incrementAndGet();
  }

  boolean isSpent() {
    return left.get() == 0;
  }

  @Override
  public String toString() {
    return (all - left.get()) + " of " + all + " kills";
  }
}
