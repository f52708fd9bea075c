package io.reelbatch.ledger;

import io.reelbatch.model.Kind;
import io.reelbatch.model.KindHistory;
import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what earlier runs of a batch saw of its kinds. */
final class KindHistories {

  private static final int NEWEST_SENDS = 5000;

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  KindHistories(JdbcTemplate jdbc, BatchRecord batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  Map<Kind, KindHistory> read(Map<Kind, Counts> standings) {
    Map<Kind, List<Boolean>> doubts = doubts();
    Map<Kind, KindHistory> histories = new HashMap<>();
    standings.forEach(
        (kind, counts) ->
            histories.put(
                kind,
                // One success says enough; what it costs to look at every task grows with them.
                counts.of(RowState.SUCCEEDED) > 0
                    ? new KindHistory(
                        counts.of(RowState.SUCCEEDED, RowState.ACCEPTED),
                        counts.of(RowState.ACCEPTED),
                        counts.of(RowState.SUCCEEDED),
                        counts.of(RowState.FAILED),
                        doubts.getOrDefault(kind, List.of()))
                    : byTasks(kind, doubts.getOrDefault(kind, List.of()))));
    return histories;
  }

  // Not by where rows stand: a row that is ordered once more has failed all the same.
  private KindHistory byTasks(Kind kind, List<Boolean> doubts) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            """
            select count(t.id) as accepted,
                   count(case when r.task = t.id and r.state = 'ACCEPTED' then 1 end) as active,
                   count(case when t.link is not null or (r.task = t.id and r.state = 'SUCCEEDED')
                              then 1 end) as succeeded,
                   count(case when t.finished_at is not null and t.link is null
                              and not (r.task = t.id and r.state in ('SUCCEEDED', 'LOST'))
                              then 1 end) as failed
            from batch_row r join task t on t.row_id = r.id
            where r.batch_id = ? and r.kind = ? and r.attempts > 0
            """,
            (row, n) ->
                new KindHistory(
                    row.getLong("accepted"),
                    row.getLong("active"),
                    row.getLong("succeeded"),
                    row.getLong("failed"),
                    doubts),
            batch.id(),
            kind.name()));
  }

  // Of the newest sends of the home, however many there ever were: older ones say little of today.
  // Also those that a person has settled since: the gateway lost the answers all the same.
  private Map<Kind, List<Boolean>> doubts() {
    Map<Kind, List<Boolean>> doubts = new HashMap<>();
    jdbc.query(
        """
        select r.kind, a.outcome
        from (select row_id, outcome, code, intended_at from attempt
              order by intended_at desc limit ?) a
        join batch_row r on r.id = a.row_id
        where r.batch_id = ? and a.outcome in ('ACCEPTED', 'REFUSED', 'IN_DOUBT')
          and (a.code is null or a.code <> 'run_died')
        order by a.intended_at desc
        """,
        row -> {
          doubts
              .computeIfAbsent(new Kind(row.getString("kind")), unknown -> new ArrayList<>())
              .add("IN_DOUBT".equals(row.getString("outcome")));
        },
        NEWEST_SENDS,
        batch.id());
    return doubts;
  }
}
