package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.cut;
import static io.reelbatch.ledger.Columns.utc;
import static io.reelbatch.ledger.Columns.utcOrNull;

import io.reelbatch.model.Evidence;
import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.Video;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final BatchRecord batch;
  private final int round;
  private final Consumer<Map<RowState, Long>> committed;

  GroupWriter(
      LedgerDatabase database,
      BatchRecord batch,
      int round,
      Consumer<Map<RowState, Long>> committed) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.batch = batch;
    this.round = round;
    this.committed = committed;
  }

  @Override
  public void commit(List<JournalEntry> entries) {
    Map<RowState, Long> change = new EnumMap<>(RowState.class);
    List<String> moved = new ArrayList<>();
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              change.clear();
              moved.clear();
              for (JournalEntry entry : entries) {
                if (entry instanceof JournalEntry.Intents intents) {
                  write(intents, change);
                } else if (entry instanceof JournalEntry.Answer answer) {
                  write(answer, change, moved);
                } else if (entry instanceof JournalEntry.Heard heard) {
                  write(heard, change, moved);
                }
              }
            });
    if (entries.stream().anyMatch(entry -> !(entry instanceof JournalEntry.Heard))) {
      database.sync();
    }
    committed.accept(change);
    moved.forEach(log::error);
  }

  private void write(JournalEntry.Intents intents, Map<RowState, Long> change) {
    for (PlannedRow row : intents.rows()) {
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
      jdbc.update(
          """
          insert into attempt (row_id, number, round, intended_at, origin, account)
          values (?, ?, ?, ?, ?, ?)
          """,
          row.id(),
          row.attempts() + 1,
          round,
          utc(intents.at()),
          batch.origin(),
          batch.account());
      count(change, RowState.PLANNED, next);
    }
  }

  private void write(JournalEntry.Answer answer, Map<RowState, Long> change, List<String> moved) {
    Attempt attempt = answer.attempt();
    SendOutcome outcome = answer.outcome();
    Answered answered = Answered.of(outcome);
    writeOutcome(attempt, answered, outcome.evidence(), answer.at());
    if (outcome instanceof SendOutcome.Accepted accepted) {
      insertTask(jdbc, attempt.row(), attempt.number(), accepted.task(), answer.at());
    }
    move(
        attempt.row(),
        attempt.key(),
        attempt.version(),
        RowState.SENDING,
        answered.event(),
        change,
        moved);
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
        cut(evidence.requestId()),
        reason == null ? null : cut(reason.code()),
        reason == null ? null : reason.message(),
        reason == null ? null : reason.messageZh(),
        evidence.raw(),
        utc(at),
        attempt.row(),
        attempt.number());
  }

  /** Adds a task without any condition and makes it the one that its row is about. */
  static void insertTask(JdbcTemplate jdbc, long row, int attempt, TaskId task, Instant at) {
    jdbc.update(
        "insert into task (row_id, attempt, task_id, accepted_at, polls) values (?, ?, ?, ?, 0)",
        row,
        attempt,
        task.value(),
        utc(at));
    jdbc.update(
        "update batch_row set task = (select max(id) from task where row_id = ?) where id = ?",
        row,
        row);
  }

  private void write(JournalEntry.Heard heard, Map<RowState, Long> change, List<String> moved) {
    OpenTask task = heard.task();
    TaskFacts facts = heard.facts();
    @Nullable Video video = facts.video();
    @Nullable Reason error = facts.error();
    jdbc.update(
        """
        update task set status = ?, percent = ?, link = ?, thumbnail = ?, link_expires_at = ?,
               error_code = ?, error_message = ?, error_message_zh = ?, polls = ?,
               unknown_since = ?, finished_at = ?, raw = ?
        where id = ?
        """,
        cut(facts.status()),
        facts.percent(),
        video == null ? null : text(video.link()),
        video == null ? null : text(video.thumbnail()),
        video == null ? null : utcOrNull(video.expiresAt()),
        error == null ? null : cut(error.code()),
        error == null ? null : error.message(),
        error == null ? null : error.messageZh(),
        facts.polls(),
        utcOrNull(facts.unknownSince()),
        heard.event() == null ? null : utc(heard.at()),
        facts.raw(),
        task.id());
    if (heard.event() != null) {
      move(task.row(), task.key(), task.version(), RowState.ACCEPTED, heard.event(), change, moved);
    }
  }

  /**
   * Moves a row and those that wait for it; a row that somebody else moved is reported, not undone.
   */
  private void move(
      long row,
      RowKey key,
      int version,
      RowState from,
      RowEvent event,
      Map<RowState, Long> change,
      List<String> moved) {
    RowState next = Lifecycle.next(from, event);
    int count =
        jdbc.update(
            "update batch_row set state = ?, version = version + 1 where id = ? and version = ?",
            next.name(),
            row,
            version);
    if (count != 1) {
      moved.add(
          "row "
              + key
              + " was moved by somebody else while it was "
              + from
              + "; what the gateway said ("
              + event
              + ") is kept");
      return;
    }
    count(change, from, next);
    releaseThoseThatWait(row, next, change);
  }

  private void releaseThoseThatWait(long source, RowState state, Map<RowState, Long> change) {
    if (state == RowState.SUCCEEDED) {
      jdbc.update("update batch_row set waits_for = null where waits_for = ?", source);
    } else if (state.isDeadEnd()) {
      skipThoseThatWait(source, change);
    }
  }

  private void skipThoseThatWait(long source, Map<RowState, Long> change) {
    Deque<Long> gone = new ArrayDeque<>(List.of(source));
    RowState next = Lifecycle.next(RowState.PLANNED, RowEvent.SOURCE_GONE);
    while (!gone.isEmpty()) {
      long parent = gone.pop();
      List<Long> children =
          jdbc.queryForList(
              "select id from batch_row where waits_for = ? and state = 'PLANNED'",
              Long.class,
              parent);
      for (long child : children) {
        jdbc.update(
            "update batch_row set state = ?, version = version + 1, skipped_for = ? where id = ?",
            next.name(),
            source,
            child);
        count(change, RowState.PLANNED, next);
        gone.push(child);
      }
    }
  }

  private static void count(Map<RowState, Long> change, RowState from, RowState to) {
    change.merge(from, -1L, Long::sum);
    change.merge(to, 1L, Long::sum);
  }

  private static @Nullable String text(@Nullable URI uri) {
    return uri == null ? null : uri.toString();
  }
}
