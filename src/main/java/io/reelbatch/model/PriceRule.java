package io.reelbatch.model;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one request costs that fits; null fits everything.
 *
 * @param model the gateway's name of the model; {@value ModelSpec#REMIX} for a remix, which names
 *     none
 * @param size as it is sent
 * @param duration as it is sent, be it as {@code duration} or as {@code seconds}
 * @param price of one request, in the currency of the list
 */
public record PriceRule(
    @Nullable String model,
    @Nullable Operation operation,
    @Nullable String size,
    @Nullable String duration,
    BigDecimal price) {

  /**
   * A rule, checked for sense.
   *
   * @throws IllegalArgumentException if the price is negative
   */
  public PriceRule {
    if (price.signum() < 0) {
      throw new NotAllowedException(
          Message.of("a price is not negative: {0}", price.toPlainString()));
    }
  }

  boolean fits(Order order) {
    String named = order.model() == null ? ModelSpec.REMIX : order.model();
    return (model == null || model.equals(named))
        && (operation == null || operation == order.operation())
        && (size == null || size.equalsIgnoreCase(sent(order, "size")))
        && (duration == null
            || duration.equalsIgnoreCase(sent(order, "duration"))
            || duration.equalsIgnoreCase(sent(order, "seconds")));
  }

  /** How much it says about what it fits. */
  int conditions() {
    return (int) Stream.of(model, operation, size, duration).filter(x -> x != null).count();
  }

  private static @Nullable String sent(Order order, String field) {
    JsonNode value = order.fields().get(field);
    return value == null || !value.isValueNode() ? null : value.asString();
  }
}
