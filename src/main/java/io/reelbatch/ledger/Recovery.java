package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.utc;

import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settles what a dead run left behind. Call only while holding the lock of the home. */
public final class Recovery {

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final RescueFile rescue;

  /** Works on the given database and the rescue file beside it. */
  public Recovery(LedgerDatabase database, RescueFile rescue) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.rescue = rescue;
  }

  /**
   * Takes in the ids of the rescue file, of all batches, and turns every request of this batch
   * whose answer was never stored into a doubt.
   *
   * @return how many rows became doubtful by that
   */
  public int recover(BatchRecord batch) {
    List<RescueFile.Kept> kept = rescue.read();
    Integer doubts =
        database
            .transaction()
            .execute(
                status -> {
                  kept.forEach(this::takeIn);
                  return doubtTheUnanswered(batch);
                });
    database.sync();
    rescue.clear();
    return doubts == null ? 0 : doubts;
  }

  private void takeIn(RescueFile.Kept kept) {
    Integer known =
        jdbc.queryForObject(
            "select count(*) from task where row_id = ? and task_id = ?",
            Integer.class,
            kept.row(),
            kept.task().value());
    if (known != null && known > 0) {
      return;
    }
    jdbc.update(
        "update attempt set outcome = 'ACCEPTED', answered_at = ? where row_id = ? and number = ?",
        utc(kept.at()),
        kept.row(),
        kept.attempt());
    GroupWriter.insertTask(jdbc, kept.row(), kept.attempt(), kept.task(), kept.at());
    jdbc.queryForList("select state from batch_row where id = ?", String.class, kept.row()).stream()
        .flatMap(state -> Lifecycle.peek(RowState.valueOf(state), RowEvent.ACCEPTED).stream())
        .forEach(
            next ->
                jdbc.update(
                    "update batch_row set state = ?, version = version + 1 where id = ?",
                    next.name(),
                    kept.row()));
  }

  private int doubtTheUnanswered(BatchRecord batch) {
    RowState next = Lifecycle.next(RowState.SENDING, RowEvent.DOUBTED);
    jdbc.update(
        """
        update attempt set outcome = 'IN_DOUBT', code = 'run_died',
               message = 'The program ended between this request and its answer.'
        where outcome is null
          and row_id in (select id from batch_row where batch_id = ? and state = 'SENDING')
        """,
        batch.id());
    return jdbc.update(
        "update batch_row set state = ?, version = version + 1 where batch_id = ? and state = 'SENDING'",
        next.name(),
        batch.id());
  }
}
