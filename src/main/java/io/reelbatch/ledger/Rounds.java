package io.reelbatch.ledger;

import io.reelbatch.model.Message;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens rounds: plans rows of one batch once more that had their end. Which rows a round takes is
 * fixed in the transaction that opens it, so that a killed run goes on with them and orders none of
 * them again. What was paid and made before stays in the ledger. Nothing is sent here. Call only
 * while holding the lock of the home, before the batch's {@link Ledger} is opened.
 */
public final class Rounds {

  /** Ends that a person may order once more by naming the row. */
  private static final Set<RowState> BY_NAME =
      EnumSet.of(RowState.SUCCEEDED, RowState.FAILED, RowState.REFUSED, RowState.LOST);

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;
  private final RowMoves moves;
  private final Settlements settlements;

  /** The rounds of the given batch. */
  public Rounds(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
    this.moves = new RowMoves(database.jdbc());
    this.settlements = new Settlements(database.jdbc());
  }

  /** Opens a round of these rows; opens none if there are no such rows. */
  public Reordered open(Reorder what) {
    if (!what.isAny()) {
      return Reordered.NOTHING;
    }
    Reordered reordered =
        Objects.requireNonNull(
            database
                .transaction()
                .execute(
                    status -> {
                      Reordered planned = plan(what);
                      if (planned.isAny()) {
                        next(jdbc, batch);
                      }
                      return planned;
                    }));
    database.sync();
    return reordered;
  }

  /**
   * Opens a round that orders these rows once more, whatever was paid for them: all of them, or
   * none.
   *
   * @param operator who wants it; kept with each row
   * @return how many rows that were skipped are planned again with them, and paid for when they go
   * @throws WrongRowException if one of them is not in the present input, or its end is none that
   *     may be ordered again; nothing was changed
   */
  public long again(List<RowKey> keys, String operator) {
    Map<RowState, Long> change = new EnumMap<>(RowState.class);
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              change.clear();
              for (RowKey key : keys) {
                Settlements.Row row = find(key);
                settlements.note(row, "again", null, operator, clock.instant());
                move(
                    row,
                    row.state() == RowState.SUCCEEDED ? RowEvent.REORDERED : RowEvent.RETRIED,
                    change);
              }
              next(jdbc, batch);
            });
    database.sync();
    return released(change);
  }

  private static long released(Map<RowState, Long> change) {
    return Math.max(0, -change.getOrDefault(RowState.SKIPPED, 0L));
  }

  /**
   * Rows that an earlier run planned for one attempt more than is allowed now are failed, as their
   * last task was.
   *
   * @param attempts paid requests that one row may have in a round
   * @return how many
   */
  public int giveUp(int attempts) {
    Integer rows =
        database
            .transaction()
            .execute(
                status -> {
                  if (!lowers(attempts)) {
                    return 0;
                  }
                  List<Settlements.Row> beyond =
                      rows(
                          """
                          r.state = 'PLANNED' and exists
                            (select 1 from attempt a where a.row_id = r.id and a.round = b.round
                             and a.outcome = 'ACCEPTED')
                          and (select count(*) from attempt a
                               where a.row_id = r.id and a.round = b.round
                               and (a.outcome is null
                                    or a.outcome not in ('NOT_SENT', 'DEFERRED', 'HALTED'))) >= ?
                          """,
                          attempts);
                  beyond.forEach(row -> move(row, RowEvent.FAILED, new EnumMap<>(RowState.class)));
                  return beyond.size();
                });
    return rows == null ? 0 : rows;
  }

  /** Whether the run before allowed more: else no row can have been planned beyond it. */
  private boolean lowers(int attempts) {
    return jdbc.update(
                "update batch set attempts = ? where id = ? and attempts > ?",
                attempts,
                batch.id(),
                attempts)
            > 0
        || jdbc.update("update batch set attempts = ? where id = ?", attempts, batch.id()) == 0;
  }

  static void next(JdbcTemplate jdbc, BatchRecord batch) {
    jdbc.update("update batch set round = round + 1 where id = ?", batch.id());
  }

  /** Plans the rows inside the transaction of the caller, who sees to the round's number. */
  Reordered plan(Reorder what) {
    if (!what.isAny()) {
      return Reordered.NOTHING;
    }
    Map<RowState, Long> change = new EnumMap<>(RowState.class);
    int retried = 0;
    for (Settlements.Row row : rowsThatMayBeRetried(what.retries())) {
      move(row, RowEvent.RETRIED, change);
      jdbc.update("update batch_row set retries = retries + 1 where id = ?", row.id());
      retried++;
    }
    int resubmitted = 0;
    @Nullable String resubmitter = what.resubmitter();
    if (resubmitter != null) {
      for (Settlements.Row row : rowsInDoubt()) {
        settlements.note(row, "resubmitted", null, resubmitter, clock.instant());
        move(row, RowEvent.RESUBMITTED, change);
        resubmitted++;
      }
    }
    return new Reordered(retried, (int) released(change), resubmitted);
  }

  private void move(Settlements.Row row, RowEvent event, Map<RowState, Long> change) {
    if (!moves.move(row.id(), row.version(), row.state(), event, change)) {
      throw new LedgerException(
          Message.of("a row was moved by somebody else; nothing was changed"));
    }
  }

  private List<Settlements.Row> rowsThatMayBeRetried(int most) {
    return rows("r.state in ('FAILED', 'REFUSED') and r.retries < ?", most);
  }

  private List<Settlements.Row> rowsInDoubt() {
    return rows("r.state = 'IN_DOUBT'");
  }

  private List<Settlements.Row> rows(String which, Object... values) {
    Object[] all = new Object[values.length + 1];
    all[0] = batch.id();
    System.arraycopy(values, 0, all, 1, values.length);
    return jdbc.query(
        """
        select r.id, r.version, r.attempts, r.state
        from batch b
        join input_line l on l.input_id = b.active_input
        join batch_row r on r.id = l.row_id
        where b.id = ? and\s"""
            + which
            + " order by r.id",
        (row, n) ->
            new Settlements.Row(
                row.getLong("id"),
                row.getInt("version"),
                row.getInt("attempts"),
                RowState.valueOf(row.getString("state"))),
        all);
  }

  private Settlements.Row find(RowKey key) {
    Settlements.Row found =
        rows("(r.row_key = ? or r.external_id = ?)", key.value(), key.value()).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new WrongRowException(
                        Message.of(
                            "batch {0} has no row {1} in its present CSV; nothing was changed. The"
                                + " column 'row' of the report names them",
                            batch.name(), key)));
    if (!BY_NAME.contains(found.state())) {
      throw new WrongRowException(
          Message.of(
              "row {0} of batch {1} is {2}{3}; nothing was changed",
              key, batch.name(), found.state(), refusal(found.state())));
    }
    return found;
  }

  private static Message refusal(RowState state) {
    return switch (state) {
      case PLANNED -> Message.of(" and goes with the next run anyway");
      case IN_DOUBT -> Message.of(": 'doubt resubmit' sends it again");
      case SKIPPED -> Message.of(": order the row that it starts from once more");
      case SENDING, ACCEPTED -> Message.of(": it is under way and may be paid for");
      default ->
          Message.of(
              ": only rows that succeeded, failed, were refused or lost can be ordered once more");
    };
  }
}
