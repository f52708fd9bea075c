package io.reelbatch.model;

/** Where a row stands. {@link Lifecycle} says how it gets there. */
public enum RowState {
  /** Waits to be sent. */
  PLANNED,
  /** Its paid request may have left; the answer is not stored yet. */
  SENDING,
  /** Paid for; the gateway works on it. */
  ACCEPTED,
  /** The video is made. */
  SUCCEEDED,
  /** The gateway says that it failed after it was paid for. */
  FAILED,
  /** Paid for, and the gateway no longer knows it. */
  LOST,
  /** The gateway refused it at submission; nothing was charged. */
  REFUSED,
  /** It may or may not have been charged; only a person can settle it. */
  IN_DOUBT,
  /** A doubt that a person has given up. */
  WRITTEN_OFF,
  /** Its source did not succeed; never sent, never charged. */
  SKIPPED,
  /** No longer in the input; never sent. */
  WITHDRAWN,
  /** A line that is wrong and was passed over on request; never a row, never sent. */
  INVALID;

  /** Whether rows that start from this one's video will never be sent, unless a person acts. */
  public boolean isDeadEnd() {
    return this == FAILED
        || this == LOST
        || this == REFUSED
        || this == WRITTEN_OFF
        || this == SKIPPED
        || this == INVALID;
  }

  /** Whether a run that has only such rows is finished. */
  public boolean isSettled() {
    return this != PLANNED && this != SENDING && this != ACCEPTED;
  }
}
