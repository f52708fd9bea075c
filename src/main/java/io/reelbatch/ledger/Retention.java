package io.reelbatch.ledger;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Forgets what was asked and answered long ago, never what was paid. Each row stays, with its
 * identity, its state, its paid requests, their amounts and the ids of its tasks, and so do all
 * sums: a file that is run again finds its rows as it would have before.
 *
 * <p>Each page is a transaction of its own, in an order in which a kill between any two harms
 * nothing. Call only while holding the lock of the home.
 */
public final class Retention {

  private static final int PAGE = 1000;

  /** A row that a run, or a person's word, may still move. */
  private static final String IS_OPEN =
      """
      (r.state in ('PLANNED', 'SENDING', 'ACCEPTED', 'IN_DOUBT') or r.state = 'LOST' and exists
        (select 1 from task lost where lost.id = r.task and lost.finished_at > ?))
      """;

  private static final String OLD_ANSWER =
      """
      where a.row_id between ? and ? and a.answered_at < ? and a.raw is not null and exists
        (select 1 from batch_row r where r.id = a.row_id and r.batch_id = ? and not
      """
          + IS_OPEN
          + ")";

  private static final String OLD_TASK =
      """
      where t.row_id between ? and ? and t.finished_at < ?
        and (t.raw is not null or t.link is not null) and exists
        (select 1 from batch_row r where r.id = t.row_id and r.batch_id = ? and not
      """
          + IS_OPEN
          + ")";

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final Instant before;
  private final Instant lostSince;

  /**
   * Forgets what was before a time.
   *
   * @param askLostFor how long lost tasks are asked after
   */
  public Retention(
      LedgerDatabase database, InstantSource clock, Instant before, Duration askLostFor) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.before = before;
    this.lostSince = clock.instant().minus(askLostFor);
  }

  /** The numbers between which all rows of a batch are. */
  private record Range(long first, long last) {}

  private record Standing(Instant lastActive, long open, Range rows) {}

  /** What would be forgotten of the batch; nothing is changed. */
  public Forgotten look(BatchRecord batch) {
    Standing standing = standing(batch);
    Range rows = standing.rows();
    long orders =
        isQuiet(standing)
            ? count(
                "batch_row where batch_id = ? and id between ? and ? and " + OrderJson.IS_WHOLE,
                batch.id(),
                rows.first(),
                rows.last())
            : 0;
    return new Forgotten(
        batch.name(),
        standing.lastActive(),
        standing.open(),
        orders,
        count(
            "input_line l where l.input_id in (" + oldInputs(standing) + ")",
            batch.id(),
            Columns.utc(before)),
        count("attempt a " + OLD_ANSWER, settled(batch, rows))
            + count("task t " + OLD_TASK, settled(batch, rows)),
        oldRuns(batch).size());
  }

  /** Forgets it. Blocks; a batch of a million takes minutes. */
  public Forgotten forget(BatchRecord batch) {
    Standing standing = standing(batch);
    if (isQuiet(standing)) {
      // First, so that from here on its file has to be read again before any row can be planned.
      jdbc.update(
          "update batch set active_input = null, pruned_at = ? where id = ?",
          Columns.utc(clock.instant()),
          batch.id());
    }
    long lines = forgetInputs(batch, standing);
    long orders = 0;
    long answers = 0;
    long last = standing.rows().first() - 1;
    while (last < standing.rows().last()) {
      List<Row> page = page(batch, last);
      Range range = new Range(last + 1, page.get(page.size() - 1).id());
      last = range.last();
      if (isQuiet(standing)) {
        orders += forgetOrders(page);
      }
      answers += forgetAnswers(batch, range);
    }
    long runs = forgetRuns(oldRuns(batch));
    database.sync();
    return new Forgotten(
        batch.name(), standing.lastActive(), standing.open(), orders, lines, answers, runs);
  }

  private boolean isQuiet(Standing standing) {
    return standing.open() == 0 && standing.lastActive().isBefore(before);
  }

  private Standing standing(BatchRecord batch) {
    Range rows =
        jdbc.queryForObject(
            "select coalesce(min(id), 1), coalesce(max(id), 0) from batch_row where batch_id = ?",
            (row, n) -> new Range(row.getLong(1), row.getLong(2)),
            batch.id());
    return new Standing(
        lastActive(batch),
        count(
            "batch_row r where r.batch_id = ? and " + IS_OPEN, batch.id(), Columns.utc(lostSince)),
        Objects.requireNonNull(rows));
  }

  private Instant lastActive(BatchRecord batch) {
    Instant inRows =
        jdbc.queryForObject(
            """
            select max(happened) as happened from (
              select created_at as happened from batch where id = ?
              union all
              select max(staged_at) from input where batch_id = ?
              union all
              select max(coalesce(a.answered_at, a.intended_at))
              from attempt a join batch_row r on r.id = a.row_id where r.batch_id = ?
              union all
              select max(coalesce(t.asked_at, t.finished_at, t.accepted_at))
              from task t join batch_row r on r.id = t.row_id where r.batch_id = ?
              union all
              select max(s.decided_at)
              from settlement s join batch_row r on r.id = s.row_id where r.batch_id = ?
              union all
              select max(fetched_at) from video where batch_id = ?
            ) x
            """,
            (row, n) -> Columns.instant(row, "happened"),
            batch.id(),
            batch.id(),
            batch.id(),
            batch.id(),
            batch.id(),
            batch.id());
    Instant run =
        new Batches(database, clock)
            .lastRun(batch)
            .map(last -> Objects.requireNonNullElse(last.endedAt(), last.startedAt()))
            .orElse(Instant.MIN);
    Instant last = Objects.requireNonNull(inRows);
    return run.isAfter(last) ? run : last;
  }

  /** Of a batch that is quiet the active one, too; else those that another one has replaced. */
  private String oldInputs(Standing standing) {
    return """
        select i.id from input i join batch b on b.id = i.batch_id
        where b.id = ? and i.staged_at < ?\s"""
        + (isQuiet(standing) ? "" : "and (b.active_input is null or i.id <> b.active_input)");
  }

  private long forgetInputs(BatchRecord batch, Standing standing) {
    List<Long> inputs =
        jdbc.queryForList(oldInputs(standing), Long.class, batch.id(), Columns.utc(before));
    long lines = 0;
    for (long input : inputs) {
      jdbc.update("delete from staged_order where input_id = ?", input);
      lines += jdbc.update("delete from input_line where input_id = ?", input);
      jdbc.update("delete from input where id = ?", input);
    }
    return lines;
  }

  /** A row of whatever batch; its order if it is one of this batch and whole. */
  private record Row(long id, @Nullable String order) {}

  // By their numbers alone: asked for the batch's, H2 would sort all of them for each page.
  private List<Row> page(BatchRecord batch, long after) {
    return jdbc.query(
        """
        select id, case when batch_id = ? and %s then order_json end as whole
        from (select id, batch_id, order_json from batch_row where id > ? order by id limit ?) r
        order by id
        """
            .formatted(OrderJson.IS_WHOLE),
        (row, n) -> new Row(row.getLong("id"), row.getString("whole")),
        batch.id(),
        after,
        PAGE);
  }

  private int forgetOrders(List<Row> page) {
    List<Object[]> outlines =
        page.stream()
            .filter(row -> row.order() != null)
            .map(
                row ->
                    new Object[] {OrderJson.outline(Objects.requireNonNull(row.order())), row.id()})
            .toList();
    database
        .transaction()
        .executeWithoutResult(
            status ->
                jdbc.batchUpdate("update batch_row set order_json = ? where id = ?", outlines));
    return outlines.size();
  }

  private long forgetAnswers(BatchRecord batch, Range rows) {
    return (long) jdbc.update("update attempt a set raw = null " + OLD_ANSWER, settled(batch, rows))
        + jdbc.update(
            "update task t set raw = null, link = null, thumbnail = null " + OLD_TASK,
            settled(batch, rows));
  }

  private Object[] settled(BatchRecord batch, Range rows) {
    return new Object[] {
      rows.first(), rows.last(), Columns.utc(before), batch.id(), Columns.utc(lostSince)
    };
  }

  /** All but the last one: by that it is known how the batch's round ended. */
  private List<Long> oldRuns(BatchRecord batch) {
    return jdbc.queryForList(
        """
        select e.job_execution_id
        from batch_job_execution e
        join batch_job_execution_params p on p.job_execution_id = e.job_execution_id
        where p.parameter_name = 'batch' and p.parameter_value = ? and e.last_updated < ?
          and e.job_execution_id < (select max(q.job_execution_id) from batch_job_execution_params q
                                    where q.parameter_name = 'batch' and q.parameter_value = ?)
        """,
        Long.class,
        batch.name().value(),
        Timestamp.from(before), // in the zone of this machine
        batch.name().value());
  }

  private long forgetRuns(List<Long> runs) {
    for (long run : runs) {
      database.transaction().executeWithoutResult(status -> forgetRun(run));
    }
    return runs.size();
  }

  private void forgetRun(long run) {
    Long instance =
        jdbc.queryForObject(
            "select job_instance_id from batch_job_execution where job_execution_id = ?",
            Long.class,
            run);
    jdbc.update(
        """
        delete from batch_step_execution_context where step_execution_id in
          (select step_execution_id from batch_step_execution where job_execution_id = ?)
        """,
        run);
    for (String table :
        List.of(
            "batch_step_execution",
            "batch_job_execution_context",
            "batch_job_execution_params",
            "batch_job_execution")) {
      jdbc.update("delete from " + table + " where job_execution_id = ?", run);
    }
    jdbc.update(
        """
        delete from batch_job_instance where job_instance_id = ? and not exists
          (select 1 from batch_job_execution e where e.job_instance_id = batch_job_instance.job_instance_id)
        """,
        instance);
  }

  private long count(String what, Object... values) {
    Long count = jdbc.queryForObject("select count(*) from " + what, Long.class, values);
    return count == null ? 0 : count;
  }
}
