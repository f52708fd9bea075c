package io.reelbatch.model;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Orders that stand or fall together, because they ask for the same operation of the same model in
 * the same size: what the gateway refuses, or cannot make, for one of them it will for all.
 *
 * @param name for people and for the ledger, as {@code create sora-2-pro large}; plain text of at
 *     most 200 characters
 */
public record Kind(String name) {

  private static final int LONGEST = 200;
  private static final Pattern ODD = Pattern.compile("[^\\p{L}\\p{N}\\p{P}\\p{S} ]");

  /** The kind of an order. */
  public static Kind of(Order order) {
    StringBuilder name = new StringBuilder(order.operation().word());
    if (order.model() != null) {
      name.append(' ').append(order.model());
    }
    JsonNode size = order.fields().get("size");
    if (size != null && size.isValueNode()) {
      name.append(' ').append(size.asString());
    }
    String plain = ODD.matcher(name).replaceAll("?");
    return new Kind(
        plain.substring(
            0,
            plain.offsetByCodePoints(
                0, Math.min(LONGEST, plain.codePointCount(0, plain.length())))));
  }

  /** Whether it is of that operation or model, as {@code extend} or {@code sora-2-pro}. */
  public boolean isOf(String operationOrModel) {
    int afterOperation = name.indexOf(' ') + 1;
    String operation = afterOperation == 0 ? name : name.substring(0, afterOperation - 1);
    String rest = afterOperation == 0 ? "" : name.substring(afterOperation);
    return operation.equals(operationOrModel)
        || rest.equals(operationOrModel)
        || rest.startsWith(operationOrModel + " ");
  }

  @Override
  public String toString() {
    return name;
  }
}
