package io.reelbatch.model;

import tools.jackson.databind.JsonNode;

/**
 * Tasks that should take equally long, because they ask for the same operation of the same model
 * and for a video of the same length.
 *
 * @param name for people, as {@code create sora-2-pro 15}
 */
public record Effort(String name) {

  /** What an order will take. */
  public static Effort of(Order order) {
    StringBuilder name = new StringBuilder(order.operation().word());
    if (order.model() != null) {
      name.append(' ').append(order.model());
    }
    for (String field : new String[] {"duration", "seconds"}) {
      JsonNode length = order.fields().get(field);
      if (length != null && length.isValueNode()) {
        name.append(' ').append(length.asString());
      }
    }
    return new Effort(name.toString());
  }

  /** Whether it is of that operation of that model; a remix names no model. */
  public boolean isOf(Operation operation, String model) {
    String whole = operation.hasModel() ? operation.word() + " " + model : operation.word();
    return name.equals(whole) || name.startsWith(whole + " ");
  }

  @Override
  public String toString() {
    return name;
  }
}
