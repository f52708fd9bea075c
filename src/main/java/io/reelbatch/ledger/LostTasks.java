package io.reelbatch.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tasks of lost rows: paid for, and the gateway did not know them any more, or had thrown their
 * videos away. Later runs ask after each once more, at most once a day, for as long as told.
 */
public final class LostTasks {

  private static final Duration PAUSE = Duration.ofDays(1);

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;
  private final Duration askFor;

  /**
   * The lost tasks of the given batch.
   *
   * @param askFor how long after it was lost a task is asked after
   */
  public LostTasks(
      LedgerDatabase database, InstantSource clock, BatchRecord batch, Duration askFor) {
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
    this.askFor = askFor;
  }

  /** Those that are to be asked after now, in the order in which they were accepted. */
  public List<OpenTask> due() {
    Instant now = clock.instant();
    return jdbc.query(
        """
        select t.id, t.row_id, t.attempt, r.row_key, r.kind, r.order_json, r.state, r.version, t.task_id,
               t.accepted_at, t.polls, t.status, t.percent, t.unknown_since, a.account
        from batch_row r
        join task t on t.id = r.task
        left join attempt a on a.row_id = t.row_id and a.number = t.attempt
        where r.batch_id = ? and r.state = 'LOST' and t.finished_at > ?
          and (t.asked_at is null or t.asked_at <= ?)
        order by t.id
        """,
        (row, n) -> OpenTaskReader.read(row, batch),
        batch.id(),
        Columns.utc(now.minus(askFor)),
        Columns.utc(now.minus(PAUSE)));
  }

  /** The gateway was asked after it and still has no video: its row stays lost. */
  public void stillLost(OpenTask task) {
    jdbc.update(
        "update task set asked_at = ?, polls = polls + 1 where id = ?",
        Columns.utc(clock.instant()),
        task.id());
  }
}
