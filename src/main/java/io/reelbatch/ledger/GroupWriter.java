package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.outsideUtc;
import static io.reelbatch.ledger.Columns.text;
import static io.reelbatch.ledger.Columns.utc;
import static io.reelbatch.ledger.Columns.utcOrNull;
import static io.reelbatch.ledger.Columns.word;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.Terms;
import io.reelbatch.model.Video;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
  private final JdbcTemplate jdbc;
  private final RowMoves moves;
  private final Charges charges;
  private final BatchRecord batch;
  private final int round;
  private final Listener listener;
  private boolean uncertain;

  /** Hears of every commit, on the journal's thread. */
  interface Listener {
    /** So many rows came to each state, or left it. */
    void changed(Map<RowState, Long> change);

    /** A commit before this one was reported as failed and may have been one: count anew. */
    void changedSomehow();
  }

  GroupWriter(
      LedgerDatabase database, BatchRecord batch, int round, Terms terms, Listener listener) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.moves = new RowMoves(jdbc);
    this.charges = new Charges(jdbc, batch, terms);
    this.batch = batch;
    this.round = round;
    this.listener = listener;
  }

  @Override
  public void commit(List<JournalEntry> entries) {
    Map<RowState, Long> change = new EnumMap<>(RowState.class);
    List<String> notes = new ArrayList<>();
    AtomicBoolean written = new AtomicBoolean();
    try {
      database
          .transaction()
          .executeWithoutResult(
              status -> {
                change.clear();
                notes.clear();
                entries.forEach(entry -> write(entry, change, notes));
                written.set(true);
              });
    } catch (RuntimeException | Error e) {
      if (written.get()) {
        mayBeCommitted(entries);
      }
      throw e;
    }
    notes.forEach(log::error);
    tell(change);
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

  private void tell(Map<RowState, Long> change) {
    try {
      if (uncertain) {
        countAnew();
        uncertain = false;
      } else {
        listener.changed(change);
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

  private void write(JournalEntry entry, Map<RowState, Long> change, List<String> notes) {
    if (entry instanceof JournalEntry.Intents intents) {
      write(intents, change);
    } else if (entry instanceof JournalEntry.Answer answer) {
      write(answer, change, notes);
    } else if (entry instanceof JournalEntry.Heard heard) {
      write(heard, change, notes);
    }
  }

  @Override
  public void sync(List<JournalEntry> entries) {
    // What was heard of a task can be asked again; the next intent syncs it with its own.
    if (entries.stream().anyMatch(entry -> !(entry instanceof JournalEntry.Heard))) {
      database.sync();
    }
  }

  private void write(JournalEntry.Intents intents, Map<RowState, Long> change) {
    List<PlannedRow> granted = new ArrayList<>();
    Optional<Caps.Reached> reached = Optional.empty();
    for (PlannedRow row : intents.rows()) {
      if (intents.grant().isPerhapsCommitted() && isIntended(row, intents.at())) {
        granted.add(row);
        continue;
      }
      reached = charges.check(row.order(), intents.at());
      if (reached.isPresent()) {
        break;
      }
      intend(row, intents.at(), change);
      granted.add(row);
    }
    intents.grant().give(granted, reached.orElse(null));
  }

  /** Whether this very intent is written: its commit may have been one although it failed. */
  private boolean isIntended(PlannedRow row, Instant at) {
    return !jdbc.queryForList(
            """
            select a.number from attempt a join batch_row r on r.id = a.row_id
            where a.row_id = ? and a.number = ? and a.intended_at = ? and a.outcome is null
              and r.state = 'SENDING' and r.version = ?
            """,
            Integer.class,
            row.id(),
            row.attempts() + 1,
            utc(at),
            row.version() + 1)
        .isEmpty();
  }

  private void intend(PlannedRow row, Instant at, Map<RowState, Long> change) {
    RowState next = Lifecycle.next(RowState.PLANNED, RowEvent.INTENDED);
    int count =
        jdbc.update(
            """
            update batch_row set state = ?, version = version + 1, attempts = attempts + 1
            where id = ? and version = ? and state = 'PLANNED'
            """,
            next.name(),
            row.id(),
            row.version());
    if (count != 1) {
      throw new LedgerException(
          "row " + row.key() + " was moved by somebody else; it was not sent");
    }
    Money price = charges.price(row.order());
    jdbc.update(
        """
        insert into attempt
          (row_id, number, round, intended_at, origin, account, amount, currency)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        row.id(),
        row.attempts() + 1,
        round,
        utc(at),
        batch.origin(),
        batch.account(),
        price == null ? null : price.amount(),
        price == null ? null : price.currency().getCurrencyCode());
    charges.reserve(row.order(), at);
    change.merge(RowState.PLANNED, -1L, Long::sum);
    change.merge(next, 1L, Long::sum);
  }

  private void write(JournalEntry.Answer answer, Map<RowState, Long> change, List<String> notes) {
    Attempt attempt = answer.attempt();
    SendOutcome outcome = answer.outcome();
    Answered answered = Answered.of(outcome);
    writeOutcome(attempt, answered, outcome.evidence(), answer.at());
    settle(attempt, outcome);
    if (outcome instanceof SendOutcome.Accepted accepted) {
      moves
          .accept(attempt.row(), attempt.number(), accepted.task(), answer.at(), change)
          .ifPresent(note -> notes.add("row " + attempt.key() + ": " + note));
    } else if (!moves.move(
        attempt.row(), attempt.version(), RowState.SENDING, answered.event(), change)) {
      notes.add(movedMeanwhile(attempt.key(), RowState.SENDING, answered.event()));
    }
  }

  /** What is in doubt stays reserved. */
  private void settle(Attempt attempt, SendOutcome outcome) {
    if (outcome instanceof SendOutcome.Accepted) {
      charges.charge(attempt.row(), attempt.number());
    } else if (!(outcome instanceof SendOutcome.InDoubt)) {
      charges.release(attempt.row(), attempt.number());
    }
  }

  private void writeOutcome(Attempt attempt, Answered answered, Evidence evidence, Instant at) {
    @Nullable Reason reason = answered.reason();
    jdbc.update(
        """
        update attempt set outcome = ?, http_status = ?, request_id = ?, code = ?, message = ?,
               message_zh = ?, raw = ?, answered_at = ?
        where row_id = ? and number = ?
        """,
        answered.word(),
        evidence.httpStatus(),
        word(evidence.requestId()),
        reason == null ? null : word(reason.code()),
        reason == null ? null : text(reason.message()),
        reason == null ? null : text(reason.messageZh()),
        text(evidence.raw()),
        utc(at),
        attempt.row(),
        attempt.number());
  }

  private void write(JournalEntry.Heard heard, Map<RowState, Long> change, List<String> notes) {
    OpenTask task = heard.task();
    TaskFacts facts = heard.facts();
    @Nullable RowEvent event = heard.event();
    @Nullable Video video = facts.video();
    @Nullable Reason error = facts.error();
    jdbc.update(
        """
        update task set status = ?, percent = ?, link = ?, thumbnail = ?, link_expires_at = ?,
               error_code = ?, error_message = ?, error_message_zh = ?, polls = ?,
               unknown_since = ?, finished_at = ?, raw = ?
        where id = ?
        """,
        word(facts.status()),
        facts.percent(),
        video == null ? null : address(video.link()),
        video == null ? null : address(video.thumbnail()),
        video == null ? null : outsideUtc(video.expiresAt()),
        error == null ? null : word(error.code()),
        error == null ? null : text(error.message()),
        error == null ? null : text(error.messageZh()),
        facts.polls(),
        utcOrNull(facts.unknownSince()),
        event == null ? null : utc(heard.at()),
        text(facts.raw()),
        task.id());
    if (event == RowEvent.FAILED) {
      charges.failed(task.row(), task.attempt());
    }
    if (event != null
        && !moves.move(task.row(), task.version(), task.state(), events(heard, event), change)) {
      notes.add(movedMeanwhile(task.key(), task.state(), event));
    }
  }

  private List<RowEvent> events(JournalEntry.Heard heard, RowEvent event) {
    return event == RowEvent.FAILED
            && heard.attempts() > 1
            && attemptsOfTheRound(heard.task().id()) < heard.attempts()
        ? List.of(event, RowEvent.RETRIED)
        : List.of(event);
  }

  /** Paid requests for the task's row in the task's round; one that never left is none. */
  private int attemptsOfTheRound(long task) {
    Integer attempts =
        jdbc.queryForObject(
            """
            select count(*) from task t
            join attempt made on made.row_id = t.row_id and made.number = t.attempt
            join attempt a on a.row_id = made.row_id and a.round = made.round
            where t.id = ?
              and (a.outcome is null or a.outcome not in ('NOT_SENT', 'DEFERRED', 'HALTED'))
            """,
            Integer.class,
            task);
    return attempts == null ? 0 : attempts;
  }

  private static String movedMeanwhile(RowKey key, RowState from, RowEvent event) {
    return "row "
        + key
        + " was moved by somebody else while it was "
        + from
        + "; what the gateway said ("
        + event
        + ") is kept";
  }

  private static @Nullable String address(@Nullable URI uri) {
    return uri == null ? null : text(uri.toString());
  }
}
