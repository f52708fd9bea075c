package io.reelbatch.report;

/** Whether a report tells the end of the batch or only where it stands. */
public enum Completeness {
  /** No row can still change by itself. */
  FINISHED,
  /** The run stopped early; the next one goes on. */
  UNFINISHED
}
