package io.reelbatch.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one row asks for, checked, with defaults filled in: everything that the request needs but
 * the source's task id.
 *
 * @param model the gateway's name of the model; null exactly for a remix
 * @param fields further fields of the request's body, by their names on the wire, typed as they are
 *     sent (numbers and booleans are not text); neither {@code prompt}, {@code model} nor {@code
 *     task_id}
 * @param endpoint where it goes
 */
public record Order(
    Operation operation,
    @Nullable String model,
    String prompt,
    Map<String, JsonNode> fields,
    Endpoint endpoint) {

  public Order {
    if (operation.hasModel() != (model != null)) {
      throw new IllegalArgumentException("a model is named by every operation but a remix");
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** An order in the gateway's own way. */
  public Order(
      Operation operation, @Nullable String model, String prompt, Map<String, JsonNode> fields) {
    this(operation, model, prompt, fields, Endpoint.UNIFIED);
  }

  /** Only what its kind, its price and its time go by: nothing of what the video should show. */
  public Order outline() {
    Map<String, JsonNode> kept = new LinkedHashMap<>(fields);
    kept.keySet().retainAll(List.of("size", "duration", "seconds"));
    return new Order(operation, model, "", kept, endpoint);
  }
}
