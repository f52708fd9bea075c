package io.reelbatch.ledger;

import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Makes a staged and checked input the active one, in one transaction: new rows are planned, rows
 * that left the file are withdrawn, rows that were sent stay as they are.
 */
public final class Activation {

  private static final int PAGE = 1000;
  private static final int[] LINK = {Types.BIGINT, Types.BIGINT, Types.BIGINT};
  private static final int[] HEIGHT = {Types.INTEGER, Types.BIGINT, Types.INTEGER};
  private static final int[] NEW = {
    Types.BIGINT,
    Types.BIGINT,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.INTEGER,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.BIGINT,
    Types.BIGINT,
    Types.INTEGER
  };

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
  public void activate(StagedInput input) {
    activate(input, Reorder.NOTHING);
  }

  /** The same, and in the same transaction plans rows of the input once more. */
  public Reordered activate(StagedInput input, Reorder again) {
    long newRows = newRows(input.id());
    refuseKeysThatAreTaken(input.id(), newRows);
    Reordered reordered =
        new LedgerIndexes(database).around(newRows, () -> activateAll(input, again));
    new Staging(database, clock, batch).forgetOrders(input.id());
    new LedgerIndexes(database).makeThoseOfStaged();
    return reordered;
  }

  private long newRows(long input) {
    Long rows =
        jdbc.queryForObject(
            "select count(*) from staged_order where input_id = ? and row_id is null",
            Long.class,
            input);
    return rows == null ? 0 : rows;
  }

  // The unique index may be missing while they are inserted, and could not be made again.
  private void refuseKeysThatAreTaken(long input, long newRows) {
    if (newRows < LedgerIndexes.MANY) {
      return;
    }
    String taken = new NewKeys(jdbc, input).taken(batch.id());
    if (taken != null) {
      throw new LedgerException(
          Message.of("two lines would be the same row ({0}); nothing was let in", taken));
    }
  }

  private Reordered activateAll(StagedInput staged, Reorder again) {
    long input = staged.id();
    return Objects.requireNonNull(
        database
            .transaction()
            .execute(
                status -> {
                  updateKnownRows(input);
                  planAndWithdraw(input);
                  unlinkSources();
                  Chains chains = staged.chainsOfRows();
                  insertNewRows(input, chains);
                  if (hasKnownRows(input)) {
                    linkKnownRows(input, chains);
                    letGoOrPassOver();
                  }
                  count(input);
                  jdbc.update("update batch set active_input = ? where id = ?", input, batch.id());
                  return new Rounds(database, clock, batch).plan(again);
                }));
  }

  /** With their links and heights: to add them later would write each row of a chain again. */
  private void insertNewRows(long input, Chains chains) {
    long last = 0;
    for (List<NewRow> page = newRows(input, last); !page.isEmpty(); page = newRows(input, last)) {
      last = page.get(page.size() - 1).number();
      jdbc.batchUpdate(
          """
          insert into batch_row (id, batch_id, row_key, external_id, content, occurrence,
            order_json, kind, source_task, source_row, waits_for, height, state, version, attempts)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PLANNED', 0, 0)
          """,
          page.stream().map(row -> row.with(chains)).toList(),
          NEW);
    }
  }

  /** A line that is no row yet, and the columns of the row that it becomes. */
  private record NewRow(long number, List<@Nullable Object> columns) {
    Object[] with(Chains chains) {
      @Nullable Object[] row = columns.toArray(new @Nullable Object[NEW.length]);
      long source = chains.sourceOf(number);
      row[NEW.length - 3] = source == 0 ? null : source;
      row[NEW.length - 2] = row[NEW.length - 3];
      row[NEW.length - 1] = chains.heightOf(number);
      return row;
    }
  }

  private List<NewRow> newRows(long input, long number) {
    return jdbc.query(
        """
        select new_id, row_key, external_id, content, occurrence, order_json, kind, source_task
        from staged_order
        where input_id = ? and new_id > ? and row_id is null
        order by new_id
        limit ?
        """,
        (row, n) ->
            new NewRow(
                row.getLong("new_id"),
                Arrays.asList(
                    row.getLong("new_id"),
                    batch.id(),
                    row.getString("row_key"),
                    row.getString("external_id"),
                    row.getString("content"),
                    row.getInt("occurrence"),
                    row.getString("order_json"),
                    row.getString("kind"),
                    row.getString("source_task"))),
        input,
        number,
        PAGE);
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
    // A refused order that was changed is a new order under the same id; nothing was charged.
    jdbc.update(
        """
        update batch_row r set state = ?, version = version + 1, retries = 0
        where r.batch_id = ? and r.state = 'REFUSED'
          and exists (select 1 from staged_order s
                      where s.input_id = ? and s.row_id = r.id and s.content <> r.content)
        """,
        Lifecycle.next(RowState.REFUSED, RowEvent.ADMITTED).name(),
        batch.id(),
        input);
    // What the others ask for is told by the file alone, if it was forgotten.
    jdbc.update(
        """
        update batch_row r set order_json =
          (select s.order_json from staged_order s where s.input_id = ? and s.row_id = r.id)
        where r.batch_id = (select b.id from batch b where b.id = ? and b.pruned_at is not null)
          and not (r.%s)
          and exists (select 1 from staged_order s
                      where s.input_id = ? and s.row_id = r.id and s.content = r.content)
        """
            .formatted(OrderJson.IS_WHOLE),
        input,
        batch.id(),
        input);
    jdbc.update(
        """
        update batch_row r set version = version + 1,
          (content, occurrence, order_json, kind, source_task) =
          (select s.content, s.occurrence, s.order_json, s.kind, s.source_task
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

  /** What was passed over is planned as well: whether its source is still gone is seen later. */
  private void planAndWithdraw(long input) {
    String inInput =
        "exists (select 1 from staged_order s where s.input_id = ? and s.row_id = r.id)";
    for (RowState state : List.of(RowState.WITHDRAWN, RowState.SKIPPED)) {
      jdbc.update(
          "update batch_row r set state = ?, version = version + 1, skipped_for = null"
              + " where r.batch_id = ? and r.state = ? and "
              + inInput,
          Lifecycle.next(state, RowEvent.ADMITTED).name(),
          batch.id(),
          state.name(),
          input);
    }
    for (RowState state : List.of(RowState.PLANNED, RowState.SKIPPED)) {
      jdbc.update(
          "update batch_row r set state = ?, version = version + 1, skipped_for = null"
              + " where r.batch_id = ? and r.state = ? and not "
              + inInput,
          Lifecycle.next(state, RowEvent.WITHDRAWN).name(),
          batch.id(),
          state.name(),
          input);
    }
  }

  /** A row may start from another one than before, or from none any more. */
  private void unlinkSources() {
    jdbc.update(
        """
        update batch_row
        set source_row = null, waits_for = null, source_until = null, height = 0
        where batch_id = ? and state in ('PLANNED', 'WITHDRAWN')
          and (source_row is not null or waits_for is not null or height > 0)
        """,
        batch.id());
  }

  /** Else no row can start from one that has had its end. */
  private boolean hasKnownRows(long input) {
    return !jdbc.queryForList(
            "select row_id from staged_order where input_id = ? and row_id > 0 limit 1",
            Long.class,
            input)
        .isEmpty();
  }

  private void linkKnownRows(long input, Chains chains) {
    long last = 0;
    for (List<Known> page = known(input, last); !page.isEmpty(); page = known(input, last)) {
      last = page.get(page.size() - 1).number();
      List<Object[]> links = new ArrayList<>();
      List<Object[]> heights = new ArrayList<>();
      List<Object[]> lines = new ArrayList<>();
      for (Known known : page) {
        long source = chains.sourceOf(known.row());
        int height = chains.heightOf(known.row());
        lines.add(new Object[] {known.row(), input, known.position()});
        if (source != 0) {
          links.add(new Object[] {source, source, known.row()});
        }
        if (height != 0) {
          heights.add(new Object[] {height, known.row(), height});
        }
      }
      jdbc.batchUpdate(
          """
          update batch_row set source_row = ?, waits_for = ? where id = ? and state = 'PLANNED'
          """,
          links,
          LINK);
      jdbc.batchUpdate(
          "update batch_row set height = ? where id = ? and height <> ?", heights, HEIGHT);
      jdbc.batchUpdate(
          "update input_line set row_id = ? where input_id = ? and position = ?", lines, LINK);
    }
  }

  private record Known(long number, long position, long row) {}

  private List<Known> known(long input, long number) {
    return jdbc.query(
        """
        select new_id, position, row_id from staged_order
        where input_id = ? and new_id > ? and row_id > 0
        order by new_id
        limit ?
        """,
        (row, n) ->
            new Known(row.getLong("new_id"), row.getLong("position"), row.getLong("row_id")),
        input,
        number,
        PAGE);
  }

  /** Each waits by now for its source, whatever has become of that one before. */
  private void letGoOrPassOver() {
    RowMoves moves = new RowMoves(jdbc);
    Map<RowState, Long> change = new EnumMap<>(RowState.class);
    jdbc.query(
        """
        select distinct s.id, s.state
        from batch_row r join batch_row s on s.id = r.waits_for
        where r.batch_id = ? and r.state = 'PLANNED' and r.waits_for > 0
          and s.state not in ('PLANNED', 'SENDING', 'ACCEPTED', 'IN_DOUBT')
        """,
        row -> {
          RowState state = RowState.valueOf(row.getString("state"));
          if (state == RowState.SUCCEEDED) {
            moves.letGo(List.of(row.getLong("id")));
          } else if (state.isDeadEnd()) {
            moves.skipThoseThatWait(row.getLong("id"), change);
          }
        },
        batch.id());
  }

  /** Its lines, each of which has been given its row. */
  private void count(long input) {
    jdbc.update(
        """
        update input set activated_at = ?, line_count =
          (select count(*) from input_line where input_id = ?)
        where id = ?
        """,
        Columns.utc(clock.instant()),
        input,
        input);
  }
}
