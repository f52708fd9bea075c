package io.reelbatch.ledger;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Sums over attempts that are or may be charged: of a batch, of a day and of a month. Works inside
 * the transaction of its caller, which writes the attempts.
 */
final class Spending {

  static final String ALL = "all";
  static final String UNPRICED = "XXX"; // ISO 4217: no currency

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);

  private final JdbcTemplate jdbc;
  private final String currency;

  /**
   * Sums in one currency.
   *
   * @param currency the one of the prices; requests in another count as unpriced
   */
  Spending(JdbcTemplate jdbc, String currency) {
    this.jdbc = jdbc;
    this.currency = currency;
  }

  Caps.Sum ofBatch(long batch) {
    return sum("batch_id = ? and period = '" + ALL + "'", batch);
  }

  Caps.Sum ofDay(Instant at) {
    return sum("period = ?", DAY.format(at));
  }

  Caps.Sum ofMonth(Instant at) {
    return sum("period = ?", MONTH.format(at));
  }

  private Caps.Sum sum(String where, Object value) {
    RowMapper<Caps.Sum> sums =
        (row, n) -> {
          BigDecimal amount = row.getBigDecimal("amount");
          return amount == null
              ? Caps.Sum.ZERO
              : new Caps.Sum(amount, row.getLong("sends"), row.getLong("unpriced"));
        };
    List<Caps.Sum> found =
        jdbc.query(
            """
            select sum(case when currency = ? then amount else 0 end) as amount,
                   sum(sends) as sends,
                   sum(case when currency = ? then 0 else sends end) as unpriced
            from spending where\s"""
                + where,
            sums,
            currency,
            currency,
            value);
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
      int known =
          jdbc.update(
              """
              update spending set amount = amount + ?, sends = sends + ?
              where batch_id = ? and period = ? and currency = ?
              """,
              amount,
              sends,
              batch,
              period,
              unit);
      if (known == 0) {
        jdbc.update(
            """
            insert into spending (batch_id, period, currency, amount, sends)
            values (?, ?, ?, ?, ?)
            """,
            batch,
            period,
            unit,
            amount,
            sends);
      }
    }
  }
}
