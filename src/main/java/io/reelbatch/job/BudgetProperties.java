package io.reelbatch.job;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be spent. What is spent, reserved and in doubt never exceeds it; a price that is not
 * known stops the sending.
 *
 * @param currency of the prices and of every amount here that names none, as USD or CNY
 * @param batch by one batch over all its runs, as 20 or 20 USD
 * @param day by all batches of the home in a day (UTC, by the time of sending)
 * @param month by all batches of the home in a month, likewise
 * @param limit paid requests of one batch over all its runs; needs no price
 * @param failedTasks whether the gateway gives back what a failed task has cost: charged or
 *     refunded
 */
@ConfigurationProperties(prefix = "reelbatch.budget", ignoreUnknownFields = false)
public record BudgetProperties(
    @Nullable String currency,
    @Nullable String batch,
    @Nullable String day,
    @Nullable String month,
    @Nullable Long limit,
    @DefaultValue("charged") Terms.FailedTasks failedTasks) {

  private static final Pattern AMOUNT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]{3})?|([A-Za-z]{3})\\s*(\\d+(?:\\.\\d+)?)");

  /** Checks them; amounts are read when they are needed. */
  public BudgetProperties {
    Allowed.notNegative("limit", limit);
  }

  /** The unit of everything; empty when nothing names one. */
  @Nullable Currency unit() {
    if (currency != null) {
      return currency("reelbatch.budget.currency", currency);
    }
    for (String amount : new String[] {batch, day, month}) {
      Matcher parts = AMOUNT.matcher(amount == null ? "" : amount.strip());
      if (parts.matches() && code(parts) != null) {
        return currency("reelbatch.budget", String.valueOf(code(parts)));
      }
    }
    return null;
  }

  /**
   * The caps.
   *
   * @throws UsageException if an amount cannot be read or is in another currency
   */
  Caps caps() {
    return new Caps(
        money("reelbatch.budget.batch", batch),
        money("reelbatch.budget.day", day),
        money("reelbatch.budget.month", month),
        limit);
  }

  private @Nullable Money money(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher parts = AMOUNT.matcher(text.strip());
    Currency unit = unit();
    if (!parts.matches() || unit == null) {
      throw new UsageException(
          Message.of(
              "{0} (--budget) = '{1}' is no amount; write it as \"20 USD\"{2}. Nothing was sent",
              name,
              text,
              unit == null ? Message.of(", or set reelbatch.budget.currency") : Message.NOTHING));
    }
    String code = code(parts);
    if (code != null && !currency(name, code).equals(unit)) {
      throw new UsageException(
          Message.of(
              "{0} is in {1}, other amounts in {2}; one currency counts all", name, code, unit));
    }
    return new Money(
        new BigDecimal(parts.group(1) == null ? parts.group(4) : parts.group(1)), unit);
  }

  private static @Nullable String code(Matcher parts) {
    return parts.group(2) == null ? parts.group(3) : parts.group(2);
  }

  private static Currency currency(String name, String code) {
    try {
      return Currency.getInstance(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of("{0}: '{1}' is no currency; write it as USD, CNY or EUR", name, code), e);
    }
  }
}
