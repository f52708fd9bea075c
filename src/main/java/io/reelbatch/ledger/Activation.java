package io.reelbatch.ledger;

import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes a staged and checked input the active one, in one transaction: new rows are planned, rows
 * that left the file are withdrawn, rows that were sent stay as they are.
 */
public final class Activation {

  private static final String DEAD_ENDS =
      Arrays.stream(RowState.values())
          .filter(RowState::isDeadEnd)
          .map(state -> "'" + state + "'")
          .collect(Collectors.joining(", "));

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;

  /** Activates inputs of the given batch. */
  public Activation(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
  }

  /** Activates the input that {@link StagedCheck} found to be right. All of it, or nothing. */
  public void activate(long input) {
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              insertNewRows(input);
              updateKnownRows(input);
              planAndWithdraw(input);
              linkSources(input);
              linkLines(input);
              jdbc.update("update batch set active_input = ? where id = ?", input, batch.id());
            });
  }

  private void insertNewRows(long input) {
    jdbc.update(
        """
        insert into batch_row (batch_id, row_key, external_id, content, occurrence, order_json,
          source_task, state, version, attempts)
        select ?, row_key, external_id, content, occurrence, order_json, source_task, ?, 0, 0
        from staged_order where input_id = ? and row_id is null order by line
        """,
        batch.id(),
        RowState.WITHDRAWN.name(),
        input);
    jdbc.update(
        """
        update staged_order s set row_id =
          (select r.id from batch_row r where r.batch_id = ? and r.row_key = s.row_key)
        where s.input_id = ? and s.row_id is null
        """,
        batch.id(),
        input);
  }

  private void updateKnownRows(long input) {
    jdbc.update(
        """
        update batch_row r set external_id =
          (select s.external_id from staged_order s where s.input_id = ? and s.row_id = r.id)
        where r.batch_id = ? and r.external_id is null
          and exists (select 1 from staged_order s
                      where s.input_id = ? and s.row_id = r.id and s.external_id is not null)
        """,
        input,
        batch.id(),
        input);
    // A refused order that was changed is a new order under the same id; nothing was charged for
    // it.
    jdbc.update(
        """
        update batch_row r set state = ?, version = version + 1
        where r.batch_id = ? and r.state = 'REFUSED'
          and exists (select 1 from staged_order s
                      where s.input_id = ? and s.row_id = r.id and s.content <> r.content)
        """,
        Lifecycle.next(RowState.REFUSED, RowEvent.ADMITTED).name(),
        batch.id(),
        input);
    jdbc.update(
        """
        update batch_row r set (content, occurrence, order_json, source_task) =
          (select s.content, s.occurrence, s.order_json, s.source_task
           from staged_order s where s.input_id = ? and s.row_id = r.id)
        where r.batch_id = ? and r.state in ('PLANNED', 'WITHDRAWN', 'SKIPPED', 'REFUSED', 'FAILED')
          and exists (select 1 from staged_order s
                      where s.input_id = ? and s.row_id = r.id
                        and (s.order_json <> r.order_json or s.content <> r.content))
        """,
        input,
        batch.id(),
        input);
  }

  private void planAndWithdraw(long input) {
    String inInput =
        "exists (select 1 from staged_order s where s.input_id = ? and s.row_id = r.id)";
    jdbc.update(
        "update batch_row r set state = ?, version = version + 1"
            + " where r.batch_id = ? and r.state = 'WITHDRAWN' and "
            + inInput,
        Lifecycle.next(RowState.WITHDRAWN, RowEvent.ADMITTED).name(),
        batch.id(),
        input);
    for (RowState state : new RowState[] {RowState.PLANNED, RowState.SKIPPED}) {
      jdbc.update(
          "update batch_row r set state = ?, version = version + 1"
              + " where r.batch_id = ? and r.state = ? and not "
              + inInput,
          Lifecycle.next(state, RowEvent.WITHDRAWN).name(),
          batch.id(),
          state.name(),
          input);
    }
  }

  private void linkSources(long input) {
    jdbc.update(
        """
        update batch_row r set source_row =
          (select p.row_id from staged_order s
           join staged_order p on p.input_id = s.input_id and p.external_id = s.source_id
           where s.input_id = ? and s.row_id = r.id)
        where r.batch_id = ? and r.state in ('PLANNED', 'SKIPPED')
          and r.id in (select row_id from staged_order where input_id = ? and source_id is not null)
        """,
        input,
        batch.id(),
        input);
    int moved;
    do {
      moved =
          jdbc.update(
              "update batch_row r set state = ?, version = version + 1, skipped_for = null"
                  + " where r.batch_id = ? and r.state = 'SKIPPED' and r.source_row in"
                  + " (select s.id from batch_row s where s.state not in ("
                  + DEAD_ENDS
                  + "))",
              Lifecycle.next(RowState.SKIPPED, RowEvent.ADMITTED).name(),
              batch.id());
    } while (moved > 0);
    jdbc.update(
        """
        update batch_row r set waits_for = r.source_row
        where r.batch_id = ? and r.state = 'PLANNED' and r.source_row is not null
        """,
        batch.id());
    jdbc.update(
        """
        update batch_row r set waits_for = null
        where r.batch_id = ? and r.waits_for in (select s.id from batch_row s where s.state = ?)
        """,
        batch.id(),
        RowState.SUCCEEDED.name());
    do {
      moved =
          jdbc.update(
              """
              update batch_row r set state = ?, version = version + 1, skipped_for =
                (select coalesce(s.skipped_for, s.id) from batch_row s where s.id = r.waits_for)
              where r.batch_id = ? and r.state = 'PLANNED' and r.waits_for in
                (select s.id from batch_row s where s.state in (%s))
              """
                  .formatted(DEAD_ENDS),
              Lifecycle.next(RowState.PLANNED, RowEvent.SOURCE_GONE).name(),
              batch.id());
    } while (moved > 0);
  }

  private void linkLines(long input) {
    jdbc.update(
        """
        update input_line l set row_id =
          (select s.row_id from staged_order s where s.input_id = l.input_id and s.line = l.line)
        where l.input_id = ?
        """,
        input);
    jdbc.update(
        """
        update input set activated_at = ?, line_count =
          (select count(*) from input_line where input_id = ?)
        where id = ?
        """,
        Columns.utc(clock.instant()),
        input,
        input);
    jdbc.update("delete from staged_order where input_id = ?", input);
  }
}
