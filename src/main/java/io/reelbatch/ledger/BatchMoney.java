package io.reelbatch.ledger;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The money of one batch while a run goes on, for those who look at it often: nothing here reads
 * all attempts of a million rows. Thread-safe.
 */
public final class BatchMoney {

  private final JdbcTemplate jdbc;
  private final Batches batches;
  private final BatchRecord batch;

  /** What the batch has cost. */
  public BatchMoney(LedgerDatabase database, Batches batches, BatchRecord batch) {
    this.jdbc = database.jdbc();
    this.batches = batches;
    this.batch = batch;
  }

  private record Open(BigDecimal reserved, BigDecimal inDoubt) {
    static final Open NOTHING = new Open(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /** For each currency that its requests were priced in. */
  public List<Committed> committed() {
    Map<String, Open> open = open();
    return batches.committed(batch).stream()
        .map(
            all -> {
              Currency currency = all.currency();
              Open part = open.getOrDefault(currency.getCurrencyCode(), Open.NOTHING);
              return new Committed(
                  new Money(
                      all.amount().subtract(part.reserved()).subtract(part.inDoubt()), currency),
                  new Money(part.reserved(), currency),
                  new Money(part.inDoubt(), currency));
            })
        .toList();
  }

  // Only rows in these states, and those that somebody has decided on, have such attempts; both are
  // few, and found by an index.
  private Map<String, Open> open() {
    Map<String, Open> open = new HashMap<>();
    jdbc.query(
        """
        select a.currency,
               sum(case when a.outcome is null then a.amount else 0 end) as reserved,
               sum(case when a.outcome is null then 0 else a.amount end) as in_doubt
        from (select id from batch_row
              where batch_id = ? and state in ('SENDING', 'IN_DOUBT', 'WRITTEN_OFF')
              union
              select r.id from batch_row r join settlement s on s.row_id = r.id
              where r.batch_id = ?) r
        join attempt a on a.row_id = r.id
        where a.charged is null and a.currency is not null
        group by a.currency
        """,
        row -> {
          open.put(
              row.getString("currency"),
              new Open(row.getBigDecimal("reserved"), row.getBigDecimal("in_doubt")));
        },
        batch.id(),
        batch.id());
    return open;
  }

  /** How much of each cap on money is used up. */
  public List<CapUse> caps(Caps caps, Instant now) {
    List<CapUse> uses = new ArrayList<>();
    add(uses, "batch", caps.batch(), spending -> spending.ofBatch(batch.id()));
    add(uses, "day", caps.day(), spending -> spending.ofDay(now));
    add(uses, "month", caps.month(), spending -> spending.ofMonth(now));
    return uses;
  }

  private interface Sum {
    Caps.Sum of(Spending spending);
  }

  private void add(List<CapUse> uses, String period, @Nullable Money cap, Sum sum) {
    if (cap != null) {
      Caps.Sum used = sum.of(new Spending(jdbc, cap.currency().getCurrencyCode()));
      uses.add(new CapUse(period, cap, new Money(used.amount(), cap.currency())));
    }
  }

  /**
   * When the next link of a finished video dies whose file was not fetched; empty if none is known
   * to. Looks at all videos of the batch: not to be asked every second.
   */
  public Optional<Instant> nextLinkToDie(Instant now) {
    return jdbc.query(
            """
            select min(t.link_expires_at) as at
            from video v join task t on t.id = v.task
            where v.batch_id = ? and v.fetched_at is null and t.link_expires_at > ?
            """,
            (row, n) -> Optional.ofNullable(Columns.instantOrNull(row, "at")),
            batch.id(),
            Columns.utc(now))
        .get(0);
  }
}
