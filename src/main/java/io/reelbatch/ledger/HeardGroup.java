package io.reelbatch.ledger;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group whose steps somebody hears of; what that one throws changes nothing. */
record HeardGroup(Journal.Group group, CommitListener listener) implements Journal.Group {

  private static final Logger log = LoggerFactory.getLogger(HeardGroup.class);

  @Override
  public void commit(List<JournalEntry> entries) {
    Runnable done = begins(CommitListener.Step.COMMIT);
    group.commit(entries);
    carefully(done);
  }

  @Override
  public void sync(List<JournalEntry> entries) {
    Runnable done = begins(CommitListener.Step.SYNC);
    group.sync(entries);
    carefully(done);
  }

  private Runnable begins(CommitListener.Step step) {
    try {
      return listener.begins(step);
    } catch (RuntimeException e) {
      log.debug("a listener of the ledger failed", e);
      return () -> {};
    }
  }

  // It is committed: to say otherwise would have it written again.
  private static void carefully(Runnable done) {
    try {
      done.run();
    } catch (RuntimeException e) {
      log.debug("a listener of the ledger failed", e);
    }
  }
}
