package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.outsideUtc;
import static io.reelbatch.ledger.Columns.text;
import static io.reelbatch.ledger.Columns.utc;
import static io.reelbatch.ledger.Columns.utcOrNull;
import static io.reelbatch.ledger.Columns.word;

import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Video;
import java.net.URI;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what was heard of tasks. Works inside the transaction of its caller. */
final class HeardWriter {

  private static final int[] TYPES = {
    Types.VARCHAR,
    Types.INTEGER,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.TIMESTAMP_WITH_TIMEZONE,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.INTEGER,
    Types.TIMESTAMP_WITH_TIMEZONE,
    Types.TIMESTAMP_WITH_TIMEZONE,
    Types.VARCHAR,
    Types.BIGINT
  };

  private final JdbcTemplate jdbc;
  private final RowMoves moves;
  private final Charges charges;

  HeardWriter(JdbcTemplate jdbc, RowMoves moves, Charges charges) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.charges = charges;
  }

  /** Writes all of them; nobody asks after one task twice at the same time. */
  void write(List<JournalEntry.Heard> entries, Changes changes) {
    if (entries.isEmpty()) {
      return;
    }
    writeFacts(entries);
    noteVideos(entries);
    List<OpenTask> succeeded = new ArrayList<>();
    for (JournalEntry.Heard heard : entries) {
      RowEvent event = heard.event();
      if (event == RowEvent.SUCCEEDED && heard.task().state() == RowState.ACCEPTED) {
        succeeded.add(heard.task());
      } else if (event != null) {
        write(heard, event, changes);
      }
    }
    for (OpenTask moved : moves.succeedAll(succeeded, changes)) {
      changes.note(GroupWriter.movedMeanwhile(moved.key(), moved.state(), RowEvent.SUCCEEDED));
    }
  }

  // Once each: a commit that was reported as failed may have been one.
  private void noteVideos(List<JournalEntry.Heard> entries) {
    List<Object[]> videos =
        entries.stream()
            .filter(heard -> heard.event() == RowEvent.SUCCEEDED)
            .map(JournalEntry.Heard::task)
            .map(task -> new Object[] {task.id(), task.row(), task.id()})
            .toList();
    if (!videos.isEmpty()) {
      jdbc.batchUpdate(
          """
          insert into video (batch_id, task)
          select r.batch_id, cast(? as bigint) from batch_row r
          where r.id = ? and not exists (select 1 from video v where v.task = ?)
          """,
          videos);
    }
  }

  private void write(JournalEntry.Heard heard, RowEvent event, Changes changes) {
    OpenTask task = heard.task();
    if (event == RowEvent.FAILED) {
      charges.failed(task.row(), task.attempt());
    }
    if (!moves.move(
        task.row(), task.version(), task.state(), events(heard, event), changes.rows())) {
      changes.note(GroupWriter.movedMeanwhile(task.key(), task.state(), event));
    }
  }

  private void writeFacts(List<JournalEntry.Heard> entries) {
    jdbc.batchUpdate(
        """
        update task set status = ?, percent = ?, link = ?, thumbnail = ?, link_expires_at = ?,
               error_code = ?, error_message = ?, error_message_zh = ?, polls = ?,
               unknown_since = ?, finished_at = ?, raw = ?
        where id = ?
        """,
        entries.stream().map(HeardWriter::facts).toList(),
        TYPES);
  }

  private static Object[] facts(JournalEntry.Heard heard) {
    TaskFacts facts = heard.facts();
    @Nullable Video video = facts.video();
    @Nullable Reason error = facts.error();
    return new Object[] {
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
      heard.event() == null ? null : utc(heard.at()),
      text(facts.raw()),
      heard.task().id()
    };
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

  private static @Nullable String address(@Nullable URI uri) {
    return uri == null ? null : text(uri.toString());
  }
}
