package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Kind;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads which rows of a batch may be sent now, in the order in which they should. Thread-safe. */
final class RowsToSend {

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  /** A row that may be sent now, and what decides when. */
  private record Ready(PlannedRow row, int height, Instant sourceUntil) {

    // As the index of one kind has them.
    static final Comparator<Ready> FIRST =
        Comparator.comparingInt(Ready::height)
            .reversed()
            .thenComparing(Ready::sourceUntil)
            .thenComparingLong(ready -> ready.row().id());
  }

  RowsToSend(JdbcTemplate jdbc, BatchRecord batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  /** See {@link Ledger#planned(Map, int, Set)}. */
  List<PlannedRow> first(Map<Kind, Long> rooms, int limit, Set<AccountName> without) {
    List<Ready> ready = new ArrayList<>();
    rooms.forEach((kind, room) -> ready.addAll(ready(kind, (int) Math.min(room, limit), without)));
    return ready.stream().sorted(Ready.FIRST).limit(limit).map(Ready::row).toList();
  }

  private List<Ready> ready(Kind kind, int limit, Set<AccountName> without) {
    List<Object> values = new ArrayList<>(List.of(batch.id(), kind.name()));
    without.forEach(account -> values.add(account.value()));
    values.add(limit);
    return jdbc.query(
        """
        select r.id, r.row_key, r.version, r.attempts, r.order_json, r.height, r.source_until,
               coalesce(r.source_task, t.task_id) as source, a.account
        from batch_row r
        left join batch_row s on s.id = r.source_row
        left join task t on t.id = s.task
        left join attempt a on a.row_id = t.row_id and a.number = t.attempt
        where r.batch_id = ? and r.state = 'PLANNED' and r.waits_for is null and r.kind = ?
          %s
        order by r.batch_id, r.state, r.waits_for, r.kind, r.height desc,
                 r.source_until asc nulls last, r.id
        limit ?
        """
            .formatted(
                without.isEmpty()
                    ? ""
                    : "and (a.account is null or not "
                        + Columns.isOneOf("a.account", without)
                        + ")"),
        (row, n) ->
            new Ready(
                new PlannedRow(
                    row.getLong("id"),
                    new RowKey(row.getString("row_key")),
                    row.getInt("version"),
                    row.getInt("attempts"),
                    OrderJson.read(row.getString("order_json")),
                    taskOrNull(row.getString("source")),
                    Columns.account(row, batch)),
                row.getInt("height"),
                Objects.requireNonNullElse(
                    Columns.instantOrNull(row, "source_until"), Instant.MAX)),
        values.toArray());
  }

  private static @Nullable TaskId taskOrNull(@Nullable String text) {
    return text == null ? null : new TaskId(text);
  }
}
