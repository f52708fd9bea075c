package io.reelbatch.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation of a model takes.
 *
 * @param fields in the order they are sent
 * @param longestPrompt most characters of a prompt; null when no limit is known
 * @param sources models whose videos it may start from; empty when any will do
 * @param price of one request, in the currency of the price list; null when it is not known
 * @param typical how long a task usually takes; null when that is not known
 */
public record OperationSpec(
    List<FieldSpec> fields,
    @Nullable Integer longestPrompt,
    List<String> sources,
    @Nullable BigDecimal price,
    @Nullable Duration typical) {

  /**
   * An operation, checked for sense.
   *
   * @throws IllegalArgumentException if a number or a time in it cannot be
   */
  public OperationSpec {
    fields = List.copyOf(fields);
    sources = List.copyOf(sources);
    if (longestPrompt != null && longestPrompt < 1) {
      throw new NotAllowedException(Message.of("a prompt has at least one character"));
    }
    if (price != null && price.signum() < 0) {
      throw new NotAllowedException(
          Message.of("a price is not negative: {0}", price.toPlainString()));
    }
    if (typical != null && (typical.isNegative() || typical.isZero())) {
      throw new NotAllowedException(
          Message.of("a task takes longer than {0}s", typical.toSeconds()));
    }
  }

  /** An operation of which only the fields are known. */
  public static OperationSpec of(List<FieldSpec> fields) {
    return new OperationSpec(fields, null, List.of(), null, null);
  }
}
