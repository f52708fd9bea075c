package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Effort;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the paid tasks of a batch whose end is not known. Thread-safe. */
final class OpenTaskReader {

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  OpenTaskReader(JdbcTemplate jdbc, BatchRecord batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  /** How many were made with the keys of these accounts, at least one. */
  long count(Set<AccountName> accounts) {
    List<Object> values = new ArrayList<>(List.of(batch.id()));
    accounts.forEach(account -> values.add(account.value()));
    Long tasks =
        jdbc.queryForObject(
            """
            select count(*)
            from batch_row r
            join task t on t.id = r.task
            join attempt a on a.row_id = t.row_id and a.number = t.attempt
            where r.batch_id = ? and r.state = 'ACCEPTED' and %s
            """
                .formatted(Columns.isOneOf("a.account", accounts)),
            Long.class,
            values.toArray());
    return tasks == null ? 0 : tasks;
  }

  /** See {@link Ledger#beforeOpenTasks}. */
  long before() {
    Long before =
        jdbc.queryForObject(
            """
            select coalesce(min(task) - 1, (select coalesce(max(id), 0) from task))
            from batch_row where batch_id = ? and state = 'ACCEPTED'
            """,
            Long.class,
            batch.id());
    return before == null ? 0 : before;
  }

  /** See {@link Ledger#openTasks}. */
  OpenTasks after(long afterId, int limit) {
    List<OpenTask> open = new ArrayList<>();
    long[] looked = {0, afterId};
    // The tasks first: by the rows at the gateway, each call would cost as much as there are.
    jdbc.query(
        """
        select t.id, t.row_id, t.attempt, r.row_key, r.kind, r.order_json, r.state, r.version,
               t.task_id, t.accepted_at, t.polls, t.status,
               t.percent, t.unknown_since, a.account,
               r.task = t.id and r.state = 'ACCEPTED' as is_open
        from (select * from task where batch_id = ? and id > ? order by batch_id, id limit ?) t
        join batch_row r on r.id = t.row_id
        left join attempt a on a.row_id = t.row_id and a.number = t.attempt
        order by t.id
        """,
        row -> {
          looked[0]++;
          looked[1] = row.getLong("id");
          if (row.getBoolean("is_open")) {
            open.add(read(row, batch));
          }
        },
        batch.id(),
        afterId,
        limit);
    return new OpenTasks(open, looked[1], looked[0] == limit);
  }

  /** The task on a line of the result. */
  static OpenTask read(ResultSet row, BatchRecord batch) throws SQLException {
    Order order = OrderJson.read(row.getString("order_json"));
    return new OpenTask(
        row.getLong("id"),
        row.getLong("row_id"),
        row.getInt("attempt"),
        new RowKey(row.getString("row_key")),
        new Kind(row.getString("kind")),
        order.endpoint(),
        Effort.of(order),
        RowState.valueOf(row.getString("state")),
        row.getInt("version"),
        new TaskId(row.getString("task_id")),
        Columns.account(row, batch),
        Columns.instant(row, "accepted_at"),
        row.getInt("polls"),
        row.getString("status"),
        row.getObject("percent", Integer.class),
        Columns.instantOrNull(row, "unknown_since"));
  }
}
