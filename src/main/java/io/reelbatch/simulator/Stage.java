package io.reelbatch.simulator;

/** Where a task stands at a moment. */
enum Stage {
  WAITING,
  WORKING,
  COMPLETED,
  FAILED,
  /** The gateway does not know its id any more. */
  GONE
}
