package io.reelbatch.ledger;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Money;
import io.reelbatch.model.Order;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The money of attempts: reserved with the intent, settled with the answer. Spent, reserved and in
 * doubt together never exceed a cap: the sums change in the transaction that writes the attempt.
 * Works inside the transaction of its caller.
 */
final class Charges {

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final BatchRecord batch;
  private final Terms terms;
  private final Spending spending;

  Charges(LedgerDatabase database, BatchRecord batch, Terms terms) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.batch = batch;
    this.terms = terms;
    this.spending = new Spending(database, terms.prices().currency().getCurrencyCode());
  }

  /** A transaction begins. */
  void begin() {
    spending.begin();
  }

  /** The transaction ends: what it changed in the sums is written. */
  void flush() {
    spending.flush();
  }

  /** What the order's request will cost, as far as is known. */
  @Nullable Money price(Order order) {
    return terms.prices().of(order).orElse(null);
  }

  /** Why this request must not be sent; empty if it fits under the caps. */
  Optional<Caps.Reached> check(Order order, Instant at) {
    if (terms.caps().equals(Caps.NONE)) {
      return Optional.empty();
    }
    if (terms.caps().areShared()) {
      spending.holdAll();
    }
    return terms
        .caps()
        .check(
            spending.ofBatch(batch.id()),
            spending.ofDay(at),
            spending.ofMonth(at),
            Kind.of(order),
            price(order));
  }

  /** The request is about to leave. */
  void reserve(Order order, Instant at) {
    spending.add(batch.id(), at, price(order));
  }

  private record Open(Instant intendedAt, @Nullable Money amount, @Nullable BigDecimal charged) {}

  /** The request was not charged. Doing it twice changes nothing. */
  void release(long row, int attempt) {
    find(row, attempt).stream()
        .filter(open -> open.charged() == null)
        .forEach(
            open -> {
              clear(row, attempt);
              spending.takeBack(batch.id(), open.intendedAt(), open.amount());
            });
  }

  /** The task of this attempt failed: its charge comes back, if the terms say so. */
  void failed(long row, int attempt) {
    if (terms.failed() == Terms.FailedTasks.REFUNDED) {
      find(row, attempt).stream()
          .filter(open -> open.charged() == null || open.charged().signum() > 0)
          .forEach(
              open -> {
                clear(row, attempt);
                spending.refund(batch.id(), open.intendedAt(), open.amount());
              });
    }
  }

  private void clear(long row, int attempt) {
    jdbc.update("update attempt set charged = 0 where row_id = ? and number = ?", row, attempt);
  }

  private List<Open> find(long row, int attempt) {
    return jdbc.query(
        """
        select intended_at, amount, currency, charged from attempt
        where row_id = ? and number = ?
        """
            + database.forUpdate(),
        (r, n) -> new Open(Columns.instant(r, "intended_at"), money(r), r.getBigDecimal("charged")),
        row,
        attempt);
  }

  private static @Nullable Money money(ResultSet row) throws SQLException {
    BigDecimal amount = row.getBigDecimal("amount");
    return amount == null
        ? null
        : new Money(amount, Currency.getInstance(row.getString("currency")));
  }

  private record Unpriced(long batch, long row, int attempt, Instant at, Order order) {}

  /**
   * Prices what was sent before its price was configured, in all batches: under a cap of money it
   * would have to stop everything.
   */
  void priceOlderAttempts() {
    if (!terms.caps().needPrices()) {
      return;
    }
    begin();
    spending.holdAll(); // other batches may be priced at this moment
    List<Unpriced> unpriced = new ArrayList<>();
    jdbc.query(
        """
        select r.batch_id, a.row_id, a.number, a.intended_at, r.order_json
        from attempt a join batch_row r on r.id = a.row_id
        where a.amount is null and a.charged is null
        """,
        row -> {
          unpriced.add(
              new Unpriced(
                  row.getLong("batch_id"),
                  row.getLong("row_id"),
                  row.getInt("number"),
                  Columns.instant(row, "intended_at"),
                  OrderJson.read(row.getString("order_json"))));
        });
    for (Unpriced attempt : unpriced) {
      Money price = price(attempt.order());
      if (price != null && setPrice(attempt, price)) {
        spending.takeBack(attempt.batch(), attempt.at(), null);
        spending.add(attempt.batch(), attempt.at(), price);
      }
    }
    flush();
  }

  // Not if its own run has just found out that it was not charged.
  private boolean setPrice(Unpriced attempt, Money price) {
    return jdbc.update(
            """
            update attempt set amount = ?, currency = ?,
                   charged = case when outcome = 'ACCEPTED' then cast(? as decimal(20, 6)) end
            where row_id = ? and number = ? and amount is null and charged is null
            """,
            price.amount(),
            price.currency().getCurrencyCode(),
            price.amount(),
            attempt.row(),
            attempt.attempt())
        > 0;
  }
}
