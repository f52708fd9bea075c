package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowState;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The batches of a home, their inputs and rounds. Thread-safe. */
public final class Batches {

  /**
   * How rows are told apart; frozen per batch, so that a better way never pays for old rows again.
   */
  private static final int IDENTITY_VERSION = 1;

  private static final RowMapper<BatchRecord> BATCH =
      (row, n) ->
          new BatchRecord(
              row.getLong("id"),
              new BatchName(row.getString("name")),
              row.getString("origin"),
              new AccountName(row.getString("account")),
              row.getLong("epoch"));

  private final JdbcTemplate jdbc;
  private final InstantSource clock;

  /** Works on the given database. */
  public Batches(LedgerDatabase database, InstantSource clock) {
    this.jdbc = database.jdbc();
    this.clock = clock;
  }

  /** The batch of this name, if a run has begun it. */
  public Optional<BatchRecord> find(BatchName name) {
    return jdbc
        .query(
            "select id, name, origin, account, epoch from batch where name = ?",
            BATCH,
            name.value())
        .stream()
        .findFirst();
  }

  /** All batches, in the order in which they were begun. */
  public List<BatchRecord> all() {
    return jdbc.query("select id, name, origin, account, epoch from batch order by id", BATCH);
  }

  /**
   * The batch of this name; begun if there is none yet. One for which a request was ever taken, or
   * may have been, keeps its own gateway: the caller compares. An address that was mistyped is no
   * such thing. The account is for what is sent from now on; what was sent keeps its own.
   */
  public BatchRecord open(BatchName name, String origin, AccountName account) {
    jdbc.update(
        "update batch set account = ? where name = ? and origin = ? and account <> ?",
        account.value(),
        name.value(),
        origin,
        account.value());
    jdbc.update(
        """
        update batch set origin = ?, account = ?
        where name = ? and not exists
          (select 1 from attempt a join batch_row r on r.id = a.row_id
           where r.batch_id = batch.id
             and (a.outcome is null or a.outcome in ('ACCEPTED', 'IN_DOUBT')))
        """,
        origin,
        account.value(),
        name.value());
    return find(name)
        .orElseGet(
            () -> {
              jdbc.update(
                  """
                  insert into batch (name, identity_version, origin, account, round, created_at)
                  values (?, ?, ?, ?, 1, ?)
                  """,
                  name.value(),
                  IDENTITY_VERSION,
                  origin,
                  account.value(),
                  Columns.utc(clock.instant()));
              return find(name).orElseThrow();
            });
  }

  /**
   * The batch of this name, as it is; or else a new one, by another name so that no run that begins
   * it waits for whoever only checks.
   */
  public BatchRecord toCheck(BatchName name, String origin, AccountName account) {
    return find(name)
        .orElseGet(() -> open(new BatchName("check-" + UUID.randomUUID()), origin, account));
  }

  /**
   * From now on only who has this record may send for the batch. The caller holds its lock.
   *
   * @param runner who that is, for those who find it taken
   */
  public BatchRecord take(BatchRecord batch, String runner) {
    // An intent of the one before that is being committed holds the row, and is seen afterwards.
    jdbc.update(
        "update batch set epoch = epoch + 1, runner = ? where id = ?",
        Columns.word(runner),
        batch.id());
    return find(batch.name()).orElseThrow();
  }

  /** Who took the batch last; empty if nobody did. */
  public Optional<String> runner(BatchName name) {
    return jdbc
        .queryForList(
            "select runner from batch where name = ? and runner is not null",
            String.class,
            name.value())
        .stream()
        .findFirst();
  }

  /** The round that the batch is in, from 1. */
  public int round(BatchRecord batch) {
    Integer round =
        jdbc.queryForObject("select round from batch where id = ?", Integer.class, batch.id());
    return round == null ? 1 : round;
  }

  /** Opens the next round. */
  public void nextRound(BatchRecord batch) {
    Rounds.next(jdbc, batch);
  }

  /** How many intents to send there ever were, of all batches. */
  public long attempts() {
    Long attempts = jdbc.queryForObject("select count(*) from attempt", Long.class);
    return attempts == null ? 0 : attempts;
  }

  /** How many rows of the batch stand where. */
  public Counts counts(BatchRecord batch) {
    return Counts.sum(countByKind(jdbc, batch).values());
  }

  /** Where the rows of each kind stand. */
  static Map<Kind, Counts> countByKind(JdbcTemplate jdbc, BatchRecord batch) {
    Map<Kind, Map<RowState, Long>> byKind = new HashMap<>();
    jdbc.query(
        """
        select kind, state, count(*) as n from batch_row where batch_id = ? group by kind, state
        """,
        row -> {
          byKind
              .computeIfAbsent(
                  new Kind(row.getString("kind")), kind -> new EnumMap<>(RowState.class))
              .put(RowState.valueOf(row.getString("state")), row.getLong("n"));
        },
        batch.id());
    Map<Kind, Counts> counts = new HashMap<>();
    byKind.forEach((kind, byState) -> counts.put(kind, new Counts(byState)));
    return counts;
  }

  /** What the batch has cost so far, for each currency that its requests were priced in. */
  public List<Spent> spent(BatchRecord batch) {
    return jdbc.query(
        """
        select a.currency, sum(coalesce(a.charged, 0)) as charged,
               sum(case when a.charged is null then a.amount else 0 end) as open
        from attempt a join batch_row r on r.id = a.row_id
        where r.batch_id = ? and a.currency is not null
        group by a.currency order by a.currency
        """,
        (row, n) -> {
          Currency currency = Currency.getInstance(row.getString("currency"));
          return new Spent(
              new Money(row.getBigDecimal("charged"), currency),
              new Money(row.getBigDecimal("open"), currency));
        },
        batch.id());
  }

  /**
   * All that the batch has spent, reserved or in doubt, for each currency: what caps count. Cheap,
   * also for a batch of a million rows.
   */
  public List<Money> committed(BatchRecord batch) {
    return jdbc.query(
        """
        select amount, currency from spending
        where batch_id = ? and period = ? and currency <> ? order by currency
        """,
        (row, n) ->
            new Money(row.getBigDecimal("amount"), Currency.getInstance(row.getString("currency"))),
        batch.id(),
        Spending.ALL,
        Spending.UNPRICED);
  }

  /** The rows of the batch that wait for the video of another one. */
  public Waiting waiting(BatchRecord batch) {
    Chains waiting = Doubts.waiting(jdbc, batch);
    List<Long> doubts =
        jdbc.queryForList(
            "select id from batch_row where batch_id = ? and state = 'IN_DOUBT'",
            Long.class,
            batch.id());
    Integer height =
        jdbc.queryForObject(
            """
            select max(height) from batch_row
            where batch_id = ? and state in ('PLANNED', 'SENDING', 'ACCEPTED', 'IN_DOUBT')
            """,
            Integer.class,
            batch.id());
    return new Waiting(
        waiting.links(), waiting.below(doubts).size(), height == null ? 0 : height + 1);
  }

  /** The last run of the batch; empty if none had anything to do. */
  public Optional<LastRun> lastRun(BatchRecord batch) {
    return jdbc
        .query(
            """
            select e.start_time, e.end_time, e.status
            from batch_job_execution e
            join batch_job_execution_params p on p.job_execution_id = e.job_execution_id
            where p.parameter_name = 'batch' and p.parameter_value = ? and e.start_time is not null
            order by e.job_execution_id desc limit 1
            """,
            (row, n) -> {
              Timestamp end = row.getTimestamp("end_time"); // in the zone of this machine
              return new LastRun(
                  row.getTimestamp("start_time").toInstant(),
                  end == null ? null : end.toInstant(),
                  row.getString("status"));
            },
            batch.name().value())
        .stream()
        .findFirst();
  }

  /** Whether a row of the batch is at the gateway, or may be. */
  public boolean hasRowsUnderWay(BatchRecord batch) {
    return !jdbc.queryForList(
            """
            select id from batch_row
            where batch_id = ? and state in ('SENDING', 'ACCEPTED') limit 1
            """,
            Long.class,
            batch.id())
        .isEmpty();
  }

  /** Whether a row of the batch could be sent at once. */
  public boolean hasReadyRows(BatchRecord batch) {
    return !jdbc.queryForList(
            """
            select id from batch_row
            where batch_id = ? and state = 'PLANNED' and waits_for is null limit 1
            """,
            Long.class,
            batch.id())
        .isEmpty();
  }

  /** The input that the batch's rows come from; empty until one was accepted whole. */
  public Optional<InputRecord> activeInput(BatchRecord batch) {
    return jdbc
        .query(
            """
            select i.id, i.digest, i.admission, i.file, i.stamp, i.column_names, i.line_count
            from batch b join input i on i.id = b.active_input
            where b.id = ?
            """,
            (row, n) ->
                new InputRecord(
                    row.getLong("id"),
                    row.getString("digest"),
                    row.getString("admission"),
                    row.getString("file"),
                    row.getString("stamp"),
                    OrderJson.cells(row.getString("column_names")),
                    row.getLong("line_count")),
            batch.id())
        .stream()
        .findFirst();
  }

  /** Notes by what the file of the active input is seen to be untouched from now on. */
  public void stampInput(BatchRecord batch, @Nullable String stamp) {
    jdbc.update(
        "update input set stamp = ? where id = (select b.active_input from batch b where b.id = ?)",
        stamp,
        batch.id());
  }
}
