package io.reelbatch.ledger;

import io.reelbatch.model.Kind;
import io.reelbatch.model.KindHistory;
import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what earlier runs of a batch saw of its kinds. */
final class KindHistories {

  private static final int NEWEST_SENDS = 1000;

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  KindHistories(JdbcTemplate jdbc, BatchRecord batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  Map<Kind, KindHistory> read() {
    Map<Kind, Map<RowState, Long>> states = new HashMap<>();
    Map<Kind, Long> accepted = new HashMap<>();
    jdbc.query(
        """
        select kind, state, count(*) as n, count(task) as accepted
        from batch_row where batch_id = ? group by kind, state
        """,
        row -> {
          Kind kind = new Kind(row.getString("kind"));
          states
              .computeIfAbsent(kind, unknown -> new EnumMap<>(RowState.class))
              .put(RowState.valueOf(row.getString("state")), row.getLong("n"));
          accepted.merge(kind, row.getLong("accepted"), Long::sum);
        },
        batch.id());
    Map<Kind, List<Boolean>> doubts = doubts();
    Map<Kind, KindHistory> histories = new HashMap<>();
    states.forEach(
        (kind, counts) ->
            histories.put(
                kind,
                new KindHistory(
                    accepted.getOrDefault(kind, 0L),
                    counts.getOrDefault(RowState.ACCEPTED, 0L),
                    counts.getOrDefault(RowState.SUCCEEDED, 0L),
                    counts.getOrDefault(RowState.FAILED, 0L),
                    doubts.getOrDefault(kind, List.of()))));
    return histories;
  }

  // A doubt that a person has settled is none any more.
  private Map<Kind, List<Boolean>> doubts() {
    Map<Kind, List<Boolean>> doubts = new HashMap<>();
    jdbc.query(
        """
        select r.kind, a.outcome, r.state
        from attempt a join batch_row r on r.id = a.row_id
        where r.batch_id = ? and a.outcome in ('ACCEPTED', 'REFUSED', 'IN_DOUBT')
          and (a.code is null or a.code <> 'run_died')
        order by a.intended_at desc
        limit ?
        """,
        row -> {
          boolean doubt =
              "IN_DOUBT".equals(row.getString("outcome"))
                  && RowState.IN_DOUBT.name().equals(row.getString("state"));
          doubts
              .computeIfAbsent(new Kind(row.getString("kind")), unknown -> new ArrayList<>())
              .add(doubt);
        },
        batch.id(),
        NEWEST_SENDS);
    return doubts;
  }
}
