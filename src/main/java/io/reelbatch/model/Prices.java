package io.reelbatch.model;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What requests cost, as configured; the gateway does not say.
 *
 * @param rules in any order: the one with the most conditions counts, of equal ones the dearest
 * @param usual the catalogue's own, which count where no other rule fits
 */
public record Prices(Currency currency, List<PriceRule> rules, List<PriceRule> usual) {

  /** No price is known. */
  public static final Prices UNKNOWN = new Prices(Currency.getInstance("XXX"), List.of());

  /** Copies. */
  public Prices {
    rules = List.copyOf(rules);
    usual = List.copyOf(usual);
  }

  /** A price list without what the catalogue says. */
  public Prices(Currency currency, List<PriceRule> rules) {
    this(currency, rules, List.of());
  }

  /** Whether no price is known of anything. */
  public boolean areUnknown() {
    return rules.isEmpty() && usual.isEmpty();
  }

  /** What the order's request costs; empty if that is not known, which is not the same as free. */
  public Optional<Money> of(Order order) {
    return best(rules, order)
        .or(() -> best(usual, order))
        .map(rule -> new Money(rule.price(), currency));
  }

  private static Optional<PriceRule> best(List<PriceRule> rules, Order order) {
    return rules.stream()
        .filter(rule -> rule.fits(order))
        .max(Comparator.comparingInt(PriceRule::conditions).thenComparing(PriceRule::price));
  }
}
