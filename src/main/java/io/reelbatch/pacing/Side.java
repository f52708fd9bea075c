package io.reelbatch.pacing;

/** The steps that run at the same time. */
public enum Side {
  /** Sends what is planned. */
  SUBMIT,
  /** Asks after what was sent. */
  POLL,
  /** Fetches the videos of what has ended well. */
  COLLECT
}
