package io.reelbatch.job;

/** What happens to lines that are wrong. */
public enum InvalidLines {
  /** The whole input is rejected and nothing is sent. */
  REJECT,
  /** They are passed over and reported; the rest is sent. */
  SKIP
}
