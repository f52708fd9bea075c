package io.reelbatch.ledger;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Sums over attempts that are or may be charged: of a batch, of a day and of a month. Works inside
 * the transaction of its caller, which writes the attempts; what changes is written once, at its
 * end. Not thread-safe.
 */
final class Spending {

  static final String ALL = "all";
  static final String UNPRICED = "XXX"; // ISO 4217: no currency

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);

  /** A period of one batch; null: of all. */
  private record Account(@Nullable Long batch, String period) {}

  private record Entry(Account account, String currency) {}

  private record Change(BigDecimal amount, long sends) {
    Change plus(Change other) {
      return new Change(amount.add(other.amount), sends + other.sends);
    }
  }

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final String currency;
  private final Map<Account, Caps.Sum> read = new HashMap<>();
  private final Map<Entry, Change> changes = new LinkedHashMap<>();
  private boolean held;

  /**
   * Sums in one currency.
   *
   * @param currency the one of the prices; requests in another count as unpriced
   */
  Spending(LedgerDatabase database, String currency) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.currency = currency;
  }

  /** A transaction begins: nothing is read yet, nothing changed. */
  void begin() {
    read.clear();
    changes.clear();
    held = false;
  }

  /**
   * Nobody else may look at sums of several batches before this transaction has ended: each would
   * take the last of the same budget. With H2 there is nobody else.
   */
  void holdAll() {
    if (!held && database.isServer()) {
      jdbc.queryForList("select name from ledger" + database.forUpdate(), String.class);
    }
    held = true;
  }

  /** Writes what was changed since it began. */
  void flush() {
    changes.forEach(this::write);
    begin();
  }

  Caps.Sum ofBatch(long batch) {
    return sum(new Account(batch, ALL));
  }

  Caps.Sum ofDay(Instant at) {
    return sum(new Account(null, DAY.format(at)));
  }

  Caps.Sum ofMonth(Instant at) {
    return sum(new Account(null, MONTH.format(at)));
  }

  private Caps.Sum sum(Account account) {
    return changes.entrySet().stream()
        // All of the batch that asks: a transaction that sends changes the sums of no other.
        .filter(change -> change.getKey().account().period().equals(account.period()))
        .reduce(
            read.computeIfAbsent(account, this::read),
            (sum, change) -> plus(sum, change.getKey(), change.getValue()),
            (a, b) -> b);
  }

  private Caps.Sum plus(Caps.Sum sum, Entry entry, Change change) {
    return entry.currency().equals(currency)
        ? new Caps.Sum(
            sum.amount().add(change.amount()), sum.sends() + change.sends(), sum.unpriced())
        : new Caps.Sum(sum.amount(), sum.sends() + change.sends(), sum.unpriced() + change.sends());
  }

  private Caps.Sum read(Account account) {
    RowMapper<Caps.Sum> sums =
        (row, n) -> {
          BigDecimal amount = row.getBigDecimal("amount");
          return amount == null
              ? Caps.Sum.ZERO
              : new Caps.Sum(amount, row.getLong("sends"), row.getLong("unpriced"));
        };
    String columns =
        """
        select sum(case when currency = ? then amount else 0 end) as amount,
               sum(sends) as sends,
               sum(case when currency = ? then 0 else sends end) as unpriced
        from spending where period = ?\s""";
    List<Caps.Sum> found =
        account.batch() == null
            ? jdbc.query(columns, sums, currency, currency, account.period())
            : jdbc.query(
                columns + "and batch_id = ?",
                sums,
                currency,
                currency,
                account.period(),
                account.batch());
    return found.get(0); // sums of nothing are a row, too
  }

  /** A request that is, or may be, charged. */
  void add(long batch, Instant intendedAt, @Nullable Money price) {
    change(batch, intendedAt, price, 1, 1);
  }

  /** A request that turned out not to be charged. */
  void takeBack(long batch, Instant intendedAt, @Nullable Money price) {
    change(batch, intendedAt, price, -1, -1);
  }

  /** A request that was charged and whose money came back; it was sent all the same. */
  void refund(long batch, Instant intendedAt, @Nullable Money price) {
    change(batch, intendedAt, price, -1, 0);
  }

  private void change(long batch, Instant at, @Nullable Money price, int sign, int sends) {
    String unit = price == null ? UNPRICED : price.currency().getCurrencyCode();
    BigDecimal amount =
        price == null ? BigDecimal.ZERO : price.amount().multiply(BigDecimal.valueOf(sign));
    for (String period : List.of(ALL, DAY.format(at), MONTH.format(at))) {
      changes.merge(
          new Entry(new Account(batch, period), unit), new Change(amount, sends), Change::plus);
    }
  }

  private void write(Entry entry, Change change) {
    int known =
        jdbc.update(
            """
            update spending set amount = amount + ?, sends = sends + ?
            where batch_id = ? and period = ? and currency = ?
            """,
            change.amount(),
            change.sends(),
            entry.account().batch(),
            entry.account().period(),
            entry.currency());
    if (known == 0) {
      jdbc.update(
          """
          insert into spending (batch_id, period, currency, amount, sends)
          values (?, ?, ?, ?, ?)
          """,
          entry.account().batch(),
          entry.account().period(),
          entry.currency(),
          change.amount(),
          change.sends());
    }
  }
}
