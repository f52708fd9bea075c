package io.reelbatch.ledger;

import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Terms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes groups of entries, each group in one transaction: facts without condition, rows by
 * compare-and-set. Used by the journal's thread alone.
 */
final class GroupWriter implements Journal.Group {

  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);

  private static final int TRIES = 3;

  private final LedgerDatabase database;
  private final Charges charges;
  private final IntentWriter intents;
  private final AnswerWriter answers;
  private final HeardWriter heard;
  private final Listener listener;
  private boolean uncertain;

  /** What is known of an earlier try to write the same. */
  enum Before {
    NOT_COMMITTED,
    /** A commit was reported as failed, and may have been one. */
    PERHAPS_COMMITTED
  }

  /** Hears of every commit, on the journal's thread. */
  interface Listener {
    /**
     * So many rows came to each state, or left it.
     *
     * @param intents paid requests that are about to leave
     */
    void changed(Map<RowState, Long> change, long intents);

    /** A commit before this one was reported as failed and may have been one: count anew. */
    void changedSomehow();
  }

  GroupWriter(
      LedgerDatabase database, BatchRecord batch, int round, Terms terms, Listener listener) {
    this.database = database;
    JdbcTemplate jdbc = database.jdbc();
    RowMoves moves = new RowMoves(jdbc);
    this.charges = new Charges(database, batch, terms);
    this.intents = new IntentWriter(database, charges, batch, round);
    this.answers = new AnswerWriter(jdbc, moves, charges);
    this.heard = new HeardWriter(jdbc, moves, charges);
    this.listener = listener;
  }

  @Override
  public void commit(List<JournalEntry> entries) {
    Changes changes = new Changes();
    AtomicBoolean written = new AtomicBoolean();
    try {
      database
          .transaction()
          .executeWithoutResult(
              status -> {
                changes.clear();
                write(entries, changes);
                written.set(true);
              });
    } catch (RuntimeException | Error e) {
      if (written.get()) {
        mayBeCommitted(entries);
      }
      throw e;
    }
    changes.notes().forEach(log::error);
    tell(changes);
  }

  // Only the word of the commit is missing: what follows must reckon with both.
  private void mayBeCommitted(List<JournalEntry> entries) {
    uncertain = true;
    for (JournalEntry entry : entries) {
      if (entry instanceof JournalEntry.Intents intents) {
        intents.grant().mayBeCommitted();
      }
    }
  }

  private void tell(Changes changes) {
    try {
      if (uncertain) {
        countAnew();
        uncertain = false;
      } else {
        listener.changed(changes.rows(), changes.intents());
      }
    } catch (RuntimeException e) {
      // It is committed: to say otherwise would have it written again.
      log.error("a listener of the ledger failed", e);
    }
  }

  // A database that fails for a moment may do so while it is counted as well.
  private void countAnew() {
    for (int i = 1; i < TRIES; i++) {
      try {
        listener.changedSomehow();
        return;
      } catch (RuntimeException e) {
        log.warn("the rows could not be counted, trying again", e);
      }
    }
    listener.changedSomehow();
  }

  private void write(List<JournalEntry> entries, Changes changes) {
    charges.begin();
    answers.write(only(JournalEntry.Answer.class, entries), before(), changes);
    heard.write(only(JournalEntry.Heard.class, entries), changes);
    intents.write(only(JournalEntry.Intents.class, entries), changes);
    charges.flush();
  }

  private Before before() {
    return uncertain ? Before.PERHAPS_COMMITTED : Before.NOT_COMMITTED;
  }

  private static <E extends JournalEntry> List<E> only(Class<E> kind, List<JournalEntry> entries) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void sync(List<JournalEntry> entries) {
    // What was heard of a task can be asked again; the next intent syncs it with its own.
    if (entries.stream().anyMatch(entry -> !(entry instanceof JournalEntry.Heard))) {
      database.sync();
    }
  }

  /** What is told about a row that is not where an event found it. */
  static String movedMeanwhile(RowKey key, RowState from, RowEvent event) {
    return "row "
        + key
        + " was moved by somebody else while it was "
        + from
        + "; what the gateway said ("
        + event
        + ") is kept";
  }
}
