package io.reelbatch.model;

import java.math.BigDecimal;
import java.util.Currency;

/** An exact amount in one currency. */
public record Money(BigDecimal amount, Currency currency) {

  public Money {
    amount = amount.stripTrailingZeros();
  }

  /**
   * The sum.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
    }
    return new Money(amount.add(other.amount), currency);
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency.getCurrencyCode();
  }
}
