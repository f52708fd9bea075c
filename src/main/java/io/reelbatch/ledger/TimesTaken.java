package io.reelbatch.ledger;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long the newest tasks of this home took at the batch's gateway, in whatever batch. */
public final class TimesTaken {

  private static final int NEWEST = 500;
  private static final int LOOKED_AT = 20_000;

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  /** Of the batch's gateway. */
  public TimesTaken(LedgerDatabase database, BatchRecord batch) {
    this.jdbc = database.jdbc();
    this.batch = batch;
  }

  /**
   * A task that has ended.
   *
   * @param told its age when its end was told
   */
  public record Taken(Effort effort, Duration told) {}

  /**
   * The newest, in the order in which they were accepted. Only those that were found working first:
   * what was found ended may have been so for long.
   */
  public List<Taken> read() {
    List<Taken> taken = new ArrayList<>();
    jdbc.query(
        """
        select r.order_json, t.accepted_at, t.finished_at
        from task t
        join batch_row r on r.id = t.row_id
        join batch b on b.id = r.batch_id
        where t.id > coalesce((select max(id) from task), 0) - ?
          and t.finished_at is not null and t.polls > 1 and t.unknown_since is null
          and b.origin = ?
        order by t.id desc
        limit ?
        """,
        row -> {
          Effort effort = Effort.of(OrderJson.read(row.getString("order_json")));
          taken.add(
              new Taken(
                  effort,
                  Duration.between(
                      Columns.instant(row, "accepted_at"), Columns.instant(row, "finished_at"))));
        },
        LOOKED_AT,
        batch.origin(),
        NEWEST);
    Collections.reverse(taken);
    return taken;
  }
}
