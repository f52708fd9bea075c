package io.reelbatch.model;

/** What can happen to a row. */
public enum RowEvent {
  /** The intent to send it is committed. */
  INTENDED,
  /** The request is proven never to have left. */
  NOT_SENT,
  /** The gateway asked to wait. */
  DEFERRED,
  /** Sending stopped for everybody; this request made nothing. */
  HALTED,
  /** A definite no at submission. */
  REFUSED,
  /** A task id was read, now or late. */
  ACCEPTED,
  /** The answer is lost or unreadable. */
  DOUBTED,
  /** The gateway shows the task as done. */
  SUCCEEDED,
  /** The gateway shows the task as failed. */
  FAILED,
  /** The gateway keeps saying that it does not know the task. */
  LOST,
  /** The row's source will never be there. */
  SOURCE_GONE,
  /** The line left the input. */
  WITHDRAWN,
  /** The line is in the input, again or mended. */
  ADMITTED,
  /** A person: send the row in doubt again. */
  RESUBMITTED,
  /** A person: give the row in doubt up. */
  WRITTEN_OFF,
  /** A person: send what failed again. */
  RETRIED,
  /** A person: order the succeeded row once more. */
  REORDERED
}
