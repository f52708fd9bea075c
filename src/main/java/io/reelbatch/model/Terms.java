package io.reelbatch.model;

/**
 * The money side of sending: what it costs, how much may be spent, and what comes back.
 *
 * @param failed what becomes of the charge of a task that failed
 */
public record Terms(Prices prices, Caps caps, FailedTasks failed) {

  /** Whether the gateway gives back what a failed task has cost. */
  public enum FailedTasks {
    /** It does not: a failed task is spent. */
    CHARGED,
    /** It does: a failed task is free. */
    REFUNDED
  }

  /** No price is known and nothing is capped. */
  public static final Terms NONE = new Terms(Prices.UNKNOWN, Caps.NONE, FailedTasks.CHARGED);
}
