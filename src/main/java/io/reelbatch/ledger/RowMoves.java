package io.reelbatch.ledger;

import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Changes of state, each with what it means for the rows that wait for the one that moves. Works
 * inside the transaction of its caller and notes in {@code change} how many rows went where.
 */
final class RowMoves {

  private static final String INSERT_TASK =
      """
      insert into task (batch_id, row_id, attempt, task_id, accepted_at, polls)
      values ((select batch_id from batch_row where id = ?), ?, ?, ?, ?, 0)
      """;

  private final JdbcTemplate jdbc;

  private record Standing(RowState state, int version, long task) {}

  RowMoves(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Moves a row that is still as it was read.
   *
   * @return whether it was; if not, nothing is changed
   */
  boolean move(long row, int version, RowState from, RowEvent event, Map<RowState, Long> change) {
    return move(row, version, from, List.of(event), change);
  }

  /**
   * The same for several events at once: rows that wait meet only the end, not what is between.
   *
   * @return whether the row was as it was read; if not, nothing is changed
   */
  boolean move(
      long row, int version, RowState from, List<RowEvent> events, Map<RowState, Long> change) {
    RowState next = from;
    for (RowEvent event : events) {
      next = Lifecycle.next(next, event);
    }
    int count =
        jdbc.update(
            """
            update batch_row set state = ?, version = version + 1
            where id = ? and version = ? and state = ?
            """,
            next.name(),
            row,
            version,
            from.name());
    if (count != 1) {
      return false;
    }
    moved(row, from, next, change);
    return true;
  }

  /**
   * Stores a paid task, whatever state its row is in, and moves the row if that is allowed. Doing
   * it twice changes nothing: a commit that failed may have been one after all.
   *
   * @return what a person should know about it; empty if the row is about this task now
   */
  Optional<String> accept(
      long row, int attempt, TaskId id, Instant at, Map<RowState, Long> change) {
    long task = task(row, attempt, id, at);
    List<Standing> found =
        jdbc.query(
            "select state, version, task from batch_row where id = ?",
            (r, n) ->
                new Standing(
                    RowState.valueOf(r.getString("state")), r.getInt("version"), r.getLong("task")),
            row);
    for (Standing was : found) {
      Optional<RowState> next = Lifecycle.peek(was.state(), RowEvent.ACCEPTED);
      if (next.isPresent() && was.task() != task) {
        int count =
            jdbc.update(
                """
                update batch_row set state = ?, task = ?, version = version + 1
                where id = ? and version = ?
                """,
                next.get().name(),
                task,
                row,
                was.version());
        if (count == 1) {
          moved(row, was.state(), next.get(), change);
          return Optional.empty();
        }
      } else if (was.task() == task) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "task "
            + id
            + " was paid for as well; its row ("
            + found.stream().map(was -> was.state().name()).findFirst().orElse("not known")
            + ") is about something else. The id is kept");
  }

  /** A paid task, and the row that it was sent for as it was then. */
  record Acceptance(long row, RowKey key, int version, int attempt, TaskId task, Instant at) {}

  /**
   * The same for many at once. Rows that are as they were sent, as nearly all are, cost three
   * statements; the others are looked at one by one.
   */
  void acceptAll(List<Acceptance> accepted, GroupWriter.Before before, Changes changes) {
    List<Acceptance> others = accepted;
    if (before == GroupWriter.Before.NOT_COMMITTED && !accepted.isEmpty()) {
      others = moveToNewTasks(accepted, insertTasks(accepted), changes);
    }
    for (Acceptance one : others) {
      accept(one.row(), one.attempt(), one.task(), one.at(), changes.rows())
          .ifPresent(note -> changes.note("row " + one.key() + ": " + note));
    }
  }

  private List<Long> insertTasks(List<Acceptance> accepted) {
    List<Long> tasks =
        jdbc.execute(
            connection -> connection.prepareStatement(INSERT_TASK, new String[] {"id"}),
            (PreparedStatement statement) -> {
              for (Acceptance one : accepted) {
                statement.setLong(1, one.row());
                statement.setLong(2, one.row());
                statement.setInt(3, one.attempt());
                statement.setString(4, Columns.escaped(one.task().value()));
                statement.setObject(5, Columns.utc(one.at()));
                statement.addBatch();
              }
              statement.executeBatch();
              return keys(statement);
            });
    return Objects.requireNonNull(tasks);
  }

  private static List<Long> keys(PreparedStatement statement) throws SQLException {
    List<Long> keys = new ArrayList<>();
    try (ResultSet rows = statement.getGeneratedKeys()) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    return keys;
  }

  /** Returns those whose rows are not as they were. */
  private List<Acceptance> moveToNewTasks(
      List<Acceptance> accepted, List<Long> tasks, Changes changes) {
    RowState next = Lifecycle.next(RowState.SENDING, RowEvent.ACCEPTED);
    List<Object[]> values = new ArrayList<>();
    for (int i = 0; i < accepted.size(); i++) {
      Acceptance one = accepted.get(i);
      values.add(new Object[] {next.name(), tasks.get(i), one.row(), one.version()});
    }
    int[] counts =
        jdbc.batchUpdate(
            """
            update batch_row set state = ?, task = ?, version = version + 1
            where id = ? and version = ? and state = 'SENDING'
            """,
            values);
    List<Acceptance> others = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        changes.moved(RowState.SENDING, next, 1);
      } else {
        others.add(accepted.get(i));
      }
    }
    return others;
  }

  /**
   * Moves rows whose tasks have succeeded, and lets go those that wait for them.
   *
   * @return the tasks whose rows are not as they were read; they are left as they are
   */
  List<OpenTask> succeedAll(List<OpenTask> tasks, Changes changes) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    RowState next = Lifecycle.next(RowState.ACCEPTED, RowEvent.SUCCEEDED);
    int[] counts =
        jdbc.batchUpdate(
            """
            update batch_row set state = ?, version = version + 1
            where id = ? and version = ? and state = 'ACCEPTED'
            """,
            tasks.stream()
                .map(task -> new Object[] {next.name(), task.row(), task.version()})
                .toList());
    List<OpenTask> others = new ArrayList<>();
    List<Long> moved = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 1) {
        changes.moved(RowState.ACCEPTED, next, 1);
        moved.add(tasks.get(i).row());
      } else {
        others.add(tasks.get(i));
      }
    }
    letGo(moved);
    return others;
  }

  private long task(long row, int attempt, TaskId id, Instant at) {
    String text = Columns.escaped(id.value());
    String find = "select id from task where row_id = ? and attempt = ? and task_id = ?";
    List<Long> known = jdbc.queryForList(find, Long.class, row, attempt, text);
    if (known.isEmpty()) {
      jdbc.update(INSERT_TASK, row, row, attempt, text, Columns.utc(at));
      known = jdbc.queryForList(find, Long.class, row, attempt, text);
    }
    return known.get(0);
  }

  private void moved(long row, RowState from, RowState to, Map<RowState, Long> change) {
    count(change, from, to);
    if (to.isDeadEnd()) {
      skipThoseThatWait(row, change);
    } else if (from.isDeadEnd()) {
      planThoseThatWereSkipped(row, change);
    } else if (from == RowState.SUCCEEDED) {
      waitForItOnceMore(row);
    }
    if (to == RowState.SUCCEEDED) {
      letGo(List.of(row));
    } else if (to == RowState.PLANNED && from != RowState.SENDING) {
      waitForItsSource(row, change);
    }
  }

  /**
   * Lets go the rows that wait for these, whose videos are there. Where the gateway does not say
   * how long a link lives, a day is reckoned with.
   */
  void letGo(List<Long> sources) {
    if (!sources.isEmpty()) {
      jdbc.batchUpdate(
          """
          update batch_row set waits_for = null, source_until =
            (select coalesce(t.link_expires_at, t.finished_at + interval '1' day)
             from batch_row s join task t on t.id = s.task where s.id = batch_row.source_row)
          where waits_for = ?
          """,
          sources.stream().map(source -> new Object[] {source}).toList());
    }
  }

  /** Rows that are not sent yet start from the new video, not from a task that is still to come. */
  private void waitForItOnceMore(long source) {
    jdbc.update(
        """
        update batch_row set waits_for = ?
        where batch_id = (select s.batch_id from batch_row s where s.id = ?) and state = 'PLANNED'
          and source_row = ?
        """,
        source,
        source,
        source);
  }

  /** The source may have been ordered once more since the row was sent, and even have failed. */
  private void waitForItsSource(long row, Map<RowState, Long> change) {
    jdbc.update(
        """
        update batch_row set waits_for = source_row
        where id = ? and source_row is not null and not exists
          (select 1 from batch_row s where s.id = batch_row.source_row and s.state = 'SUCCEEDED')
        """,
        row);
    jdbc.query(
        """
        select s.id, s.state from batch_row r join batch_row s on s.id = r.waits_for
        where r.id = ?
        """,
        source -> {
          if (RowState.valueOf(source.getString("state")).isDeadEnd()) {
            skipThoseThatWait(source.getLong("id"), change);
          }
        },
        row);
  }

  /** Passes over all rows that start, at however many removes, from one that has no video. */
  void skipThoseThatWait(long source, Map<RowState, Long> change) {
    Long origin =
        jdbc.queryForObject(
            "select coalesce(skipped_for, id) from batch_row where id = ?", Long.class, source);
    moveThoseThatWait(source, RowState.PLANNED, RowEvent.SOURCE_GONE, origin, change);
  }

  private void planThoseThatWereSkipped(long source, Map<RowState, Long> change) {
    moveThoseThatWait(source, RowState.SKIPPED, RowEvent.ADMITTED, null, change);
  }

  private void moveThoseThatWait(
      long source,
      RowState from,
      RowEvent event,
      @Nullable Long origin,
      Map<RowState, Long> change) {
    RowState next = Lifecycle.next(from, event);
    Deque<Long> sources = new ArrayDeque<>(List.of(source));
    while (!sources.isEmpty()) {
      List<Long> children =
          jdbc.queryForList(
              "select id from batch_row where waits_for = ? and state = ?",
              Long.class,
              sources.pop(),
              from.name());
      for (long child : children) {
        jdbc.update(
            """
            update batch_row set state = ?, version = version + 1, skipped_for = ?
            where id = ? and state = ?
            """,
            next.name(),
            origin,
            child,
            from.name());
        count(change, from, next);
        sources.push(child);
      }
    }
  }

  private static void count(Map<RowState, Long> change, RowState from, RowState to) {
    change.merge(from, -1L, Long::sum);
    change.merge(to, 1L, Long::sum);
  }
}
