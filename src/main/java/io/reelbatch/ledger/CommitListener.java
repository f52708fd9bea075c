package io.reelbatch.ledger;

/**
 * Hears how long the ledger takes to write, on the one thread that writes it: is to be quick, and
 * must not throw.
 */
public interface CommitListener {

  /** What takes its time. */
  enum Step {
    /** A group of intents, answers and poll results is committed. */
    COMMIT,
    /** What money hangs on is brought to the disk. */
    SYNC
  }

  /**
   * A step begins.
   *
   * @return is run when it is done; not if it failed
   */
  Runnable begins(Step step);
}
