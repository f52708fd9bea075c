package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Message;
import io.reelbatch.model.Operation;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What requests cost. Not the whole of {@code reelbatch.*}, so names it does not know beside {@code
 * prices} are others' settings.
 *
 * @param prices rules under names of your own: price (of one request), and what it is for: model,
 *     operation, size, duration, each as it is sent, or left out where it does not matter. The rule
 *     that says most counts, of equal ones the dearest
 */
@ConfigurationProperties("reelbatch")
public record PricesProperties(@DefaultValue Map<String, Map<String, String>> prices) {

  private static final Set<String> ATTRIBUTES =
      Set.of("model", "operation", "size", "duration", "price");

  /**
   * The price list.
   *
   * @param currency null if none is configured
   * @param catalogue its own prices count where no rule fits
   * @throws UsageException if something in it cannot be; the message names the property
   */
  Prices list(@Nullable Currency currency, Catalogue catalogue) {
    List<PriceRule> usual = catalogue.prices();
    if (currency == null) {
      if (prices.isEmpty() && usual.isEmpty()) {
        return Prices.UNKNOWN;
      }
      throw new UsageException(
          Message.of(
              "{0}, but not their currency: set reelbatch.budget.currency, for example USD. Nothing"
                  + " was sent",
              prices.isEmpty()
                  ? Message.of("reelbatch.models has prices")
                  : Message.of("reelbatch.prices is set")));
    }
    List<PriceRule> rules = new ArrayList<>();
    prices.forEach((name, rule) -> rules.add(rule("reelbatch.prices." + name, rule)));
    return new Prices(currency, rules, usual);
  }

  private static PriceRule rule(String path, Map<String, String> rule) {
    for (String attribute : rule.keySet()) {
      if (!ATTRIBUTES.contains(attribute)) {
        throw new UsageException(
            Message.of(
                "{0}: no such setting; there are {1}",
                path + "." + attribute, new TreeSet<>(ATTRIBUTES)));
      }
    }
    String price = rule.getOrDefault("price", "");
    try {
      String operation = rule.get("operation");
      return new PriceRule(
          rule.get("model"),
          operation == null ? null : Operation.valueOf(operation.toUpperCase(Locale.ROOT)),
          rule.get("size"),
          rule.get("duration"),
          new BigDecimal(price));
    } catch (NumberFormatException e) {
      throw new UsageException(
          Message.of(
              "{0}: '{1}' is no number; write 0.25 alone, its currency stands once, as"
                  + " reelbatch.budget.currency. Nothing was sent",
              path + ".price", price),
          e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Message.of("{0}: {1}", path, Message.of(e)), e);
    }
  }
}
