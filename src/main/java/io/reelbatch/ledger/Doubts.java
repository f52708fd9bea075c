package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.Order;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows in doubt of one batch, and a person's word on them. Each word is kept with its time and
 * author. Call only while holding the lock of the home: no run is going on then.
 */
public final class Doubts {

  private static final int ASKED_AT_ONCE = 500;

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;
  private final RowMoves moves;
  private final Settlements settlements;

  /** The doubts of the given batch. */
  public Doubts(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
    this.moves = new RowMoves(database.jdbc());
    this.settlements = new Settlements(database.jdbc());
  }

  /** All rows in doubt, the oldest request first. */
  public List<Doubt> list() {
    List<Doubt> doubts = inDoubt();
    Map<Asked, Long> alike =
        doubts.stream().collect(Collectors.groupingBy(Asked::of, Collectors.counting()));
    return doubts.stream()
        .map(doubt -> doubt.among(Math.toIntExact(alike.getOrDefault(Asked.of(doubt), 1L))))
        .toList();
  }

  /** What tells one task from another in the gateway's own log. */
  private record Asked(String model, String prompt) {
    static Asked of(Doubt doubt) {
      return new Asked(String.valueOf(doubt.model()), doubt.prompt());
    }
  }

  private List<Doubt> inDoubt() {
    Chains waiting = waiting(jdbc, batch);
    return jdbc.query(
        """
        select r.id, r.row_key, r.order_json, a.intended_at, a.code, a.message, a.message_zh,
               a.amount, a.currency, a.request_id, a.account
        from batch_row r
        join attempt a on a.row_id = r.id and a.number = r.attempts
        where r.batch_id = ? and r.state = 'IN_DOUBT'
        order by a.intended_at, r.id
        """,
        (row, n) -> read(row, waiting.below(List.of(row.getLong("id"))).size()),
        batch.id());
  }

  /** Those of these tasks that belong to a row, of whatever batch. */
  public Set<TaskId> known(List<TaskId> tasks) {
    Set<String> kept = new HashSet<>();
    for (int from = 0; from < tasks.size(); from += ASKED_AT_ONCE) {
      List<TaskId> some = tasks.subList(from, Math.min(from + ASKED_AT_ONCE, tasks.size()));
      kept.addAll(
          jdbc.queryForList(
              "select task_id from task where task_id in ("
                  + String.join(", ", Collections.nCopies(some.size(), "?"))
                  + ")",
              String.class,
              some.stream().map(task -> Columns.escaped(task.value())).toArray()));
    }
    return tasks.stream()
        .filter(task -> kept.contains(Columns.escaped(task.value())))
        .collect(Collectors.toSet());
  }

  /** Which rows of the batch wait for the video of which other one. */
  static Chains waiting(JdbcTemplate jdbc, BatchRecord batch) {
    Chains.Builder links = new Chains.Builder();
    jdbc.query(
        """
        select id, waits_for from batch_row
        where batch_id = ? and state = 'PLANNED' and waits_for > 0
        """,
        row -> {
          links.add(row.getLong("id"), row.getLong("waits_for"));
        },
        batch.id());
    return links.build();
  }

  private static Doubt read(ResultSet row, int waiting) throws SQLException {
    Order order = OrderJson.read(row.getString("order_json"));
    BigDecimal amount = row.getBigDecimal("amount");
    String code = row.getString("code");
    String message = row.getString("message");
    return new Doubt(
        new RowKey(row.getString("row_key")),
        Columns.instant(row, "intended_at"),
        order.model(),
        order.prompt(),
        order.endpoint(),
        new AccountName(row.getString("account")),
        new Reason(
            code == null ? "" : code, message == null ? "" : message, row.getString("message_zh")),
        amount == null ? null : new Money(amount, Currency.getInstance(row.getString("currency"))),
        row.getString("request_id"),
        1,
        waiting);
  }

  /**
   * The request did make this task: the row is paid for and is watched to its end by the next run.
   *
   * @throws WrongRowException if the row is not in doubt, or the task is another row's; nothing was
   *     changed
   */
  public void adopt(RowKey key, TaskId task, String operator) {
    settleAll(
        List.of(key),
        row -> {
          refuseAnotherRows(row, task);
          settlements.note(row, "adopted", task, operator, clock.instant());
          moves.accept(
              row.id(), row.attempts(), task, clock.instant(), new EnumMap<>(RowState.class));
          jdbc.update(
              "update attempt set outcome = 'ACCEPTED', charged = amount where row_id = ? and number = ?",
              row.id(),
              row.attempts());
        });
  }

  /**
   * Send it again with the next run. The first request's amount stays in doubt: both may be
   * charged.
   *
   * @throws WrongRowException if the row is not in doubt; nothing was changed
   */
  public void resubmit(List<RowKey> keys, String operator) {
    settleAll(keys, row -> move(row, RowEvent.RESUBMITTED, "resubmitted", operator));
  }

  /**
   * Give them up; rows that start from their videos are skipped. Their amounts stay in doubt.
   *
   * @throws WrongRowException if one of them is not in doubt; nothing was changed
   */
  public void writeOff(List<RowKey> keys, String operator) {
    settleAll(keys, row -> move(row, RowEvent.WRITTEN_OFF, "written off", operator));
  }

  private void refuseAnotherRows(Settlements.Row row, TaskId task) {
    jdbc
        .query(
            """
        select r.row_key, r.external_id, b.name from task t
        join batch_row r on r.id = t.row_id
        join batch b on b.id = r.batch_id
        where t.task_id = ? and t.row_id <> ? and b.origin = ?
        """,
            (found, n) -> owned(task, found),
            Columns.escaped(task.value()),
            row.id(),
            batch.origin())
        .stream()
        .findFirst()
        .ifPresent(
            owned -> {
              throw owned;
            });
  }

  private static WrongRowException owned(TaskId task, ResultSet row) throws SQLException {
    String id = row.getString("external_id");
    return new WrongRowException(
        Message.of(
            "task {0} is that of row {1} of batch {2} already, and no task is paid for by two rows;"
                + " nothing was changed. 'doubt list' shows which tasks may be the row's",
            task, id == null ? row.getString("row_key") : id, row.getString("name")));
  }

  // With a new round in the same transaction: even if no row can go now, the next run reports it.
  private void settleAll(List<RowKey> keys, Consumer<Settlements.Row> settle) {
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              keys.forEach(key -> settle.accept(find(key)));
              Rounds.next(jdbc, batch);
            });
    database.sync();
  }

  private void move(Settlements.Row row, RowEvent event, String action, String operator) {
    settlements.note(row, action, null, operator, clock.instant());
    moves.move(row.id(), row.version(), RowState.IN_DOUBT, event, new EnumMap<>(RowState.class));
  }

  private Settlements.Row find(RowKey key) {
    return jdbc
        .query(
            """
            select id, version, attempts from batch_row
            where batch_id = ? and (row_key = ? or external_id = ?) and state = 'IN_DOUBT'
            """,
            (row, n) ->
                new Settlements.Row(
                    row.getLong("id"),
                    row.getInt("version"),
                    row.getInt("attempts"),
                    RowState.IN_DOUBT),
            batch.id(),
            key.value(),
            key.value())
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                new WrongRowException(
                    Message.of(
                        "row {0} of batch {1} is not in doubt; nothing was changed. 'doubt list' shows"
                            + " those that are",
                        key, batch.name())));
  }
}
