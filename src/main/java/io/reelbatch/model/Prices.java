package io.reelbatch.model;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What requests cost, as configured; the gateway does not say.
 *
 * @param rules in any order: the one with the most conditions counts, of equal ones the dearest
 */
public record Prices(Currency currency, List<PriceRule> rules) {

  /** No price is known. */
  public static final Prices UNKNOWN = new Prices(Currency.getInstance("XXX"), List.of());

  /** Copies. */
  public Prices {
    rules = List.copyOf(rules);
  }

  /** What the order's request costs; empty if that is not known, which is not the same as free. */
  public Optional<Money> of(Order order) {
    return rules.stream()
        .filter(rule -> rule.fits(order))
        .max(Comparator.comparingInt(PriceRule::conditions).thenComparing(PriceRule::price))
        .map(rule -> new Money(rule.price(), currency));
  }
}
