package io.reelbatch.ledger;

import io.reelbatch.model.Kind;
import io.reelbatch.model.KindHistory;
import java.util.ArrayList;
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
    Map<Kind, List<Boolean>> doubts = doubts();
    Map<Kind, KindHistory> histories = new HashMap<>();
    // By tasks, not by where rows stand: a row that is ordered once more has failed all the same.
    jdbc.query(
        """
        select r.kind, count(t.id) as accepted,
               count(case when r.task = t.id and r.state = 'ACCEPTED' then 1 end) as active,
               count(case when t.link is not null or (r.task = t.id and r.state = 'SUCCEEDED')
                          then 1 end) as succeeded,
               count(case when t.finished_at is not null and t.link is null
                          and not (r.task = t.id and r.state in ('SUCCEEDED', 'LOST'))
                          then 1 end) as failed
        from batch_row r left join task t on t.row_id = r.id
        where r.batch_id = ? group by r.kind
        """,
        row -> {
          Kind kind = new Kind(row.getString("kind"));
          histories.put(
              kind,
              new KindHistory(
                  row.getLong("accepted"),
                  row.getLong("active"),
                  row.getLong("succeeded"),
                  row.getLong("failed"),
                  doubts.getOrDefault(kind, List.of())));
        },
        batch.id());
    return histories;
  }

  // Also those that a person has settled since: the gateway lost the answers all the same.
  private Map<Kind, List<Boolean>> doubts() {
    Map<Kind, List<Boolean>> doubts = new HashMap<>();
    jdbc.query(
        """
        select r.kind, a.outcome
        from attempt a join batch_row r on r.id = a.row_id
        where r.batch_id = ? and a.outcome in ('ACCEPTED', 'REFUSED', 'IN_DOUBT')
          and (a.code is null or a.code <> 'run_died')
        order by a.intended_at desc
        limit ?
        """,
        row -> {
          doubts
              .computeIfAbsent(new Kind(row.getString("kind")), unknown -> new ArrayList<>())
              .add("IN_DOUBT".equals(row.getString("outcome")));
        },
        batch.id(),
        NEWEST_SENDS);
    return doubts;
  }
}
