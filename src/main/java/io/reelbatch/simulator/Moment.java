package io.reelbatch.simulator;

/** Where a request stands on its way through the simulator. */
public enum Moment {
  /** A paid POST was read whole; nothing is decided, nothing made. */
  SEND_ARRIVED,
  /** Its task is made and in the log, or it is refused; not a byte of the answer has left. */
  SEND_DECIDED,
  /** Half of its answer is with the operating system. */
  SEND_HALF_ANSWERED,
  /** All of its answer is with the operating system. */
  SEND_ANSWERED,
  /** A query of a task, or a download, was read whole. */
  QUERY_ARRIVED
}
