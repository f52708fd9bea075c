package io.reelbatch.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one paid request ended. Exactly one of these; each says what it means for money. */
public sealed interface SendOutcome {

  /** What the gateway said, if it said anything. */
  Evidence evidence();

  /** Proven never to have left: nothing was charged, the row may be sent again after a back-off. */
  record NotSent(Reason reason) implements SendOutcome {
    @Override
    public Evidence evidence() {
      return Evidence.NONE;
    }
  }

  /**
   * The gateway asked to wait and made nothing: nothing was charged, the row may be sent again.
   *
   * @param pause how long the gateway asked to wait; null when it did not say
   * @param reach whom it concerns
   */
  record Deferred(Reason reason, @Nullable Duration pause, Reach reach, Evidence evidence)
      implements SendOutcome {}

  /** Whom a request to wait concerns. */
  enum Reach {
    /** Whatever is sent now meets the same: it is too fast, or nobody is there. */
    EVERYBODY,
    /** The gateway works on as many tasks as it takes: another may come when one ends. */
    SLOTS,
    /** It did not say whether there are too many tasks or too many requests. */
    UNSAID,
    /** This model cannot be had now; others may. */
    MODEL;

    /** Whether it may be the number of tasks that stands in the way. */
    public boolean isAboutSlots() {
      return this == SLOTS || this == UNSAID;
    }
  }

  /**
   * A definite no to this row: nothing was charged, and asking again would get the same answer.
   *
   * @param blame the prompt, or the order
   */
  record Refused(Reason reason, Blame blame, Evidence evidence) implements SendOutcome {}

  /** A task was made and charged; its id is known. */
  record Accepted(TaskId task, Evidence evidence) implements SendOutcome {}

  /** It may have been charged and nobody can tell: never sent again without the operator's word. */
  record InDoubt(Reason reason, Evidence evidence) implements SendOutcome {}

  /** Nothing was charged, and no other row would fare better: sending stops. */
  record Halt(HaltCause cause, Reason reason, Evidence evidence) implements SendOutcome {}
}
