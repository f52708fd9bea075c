package io.reelbatch.ledger;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Orders and cells as they are kept in the ledger. */
final class OrderJson {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

  private OrderJson() {}

  /**
   * Whether a row still knows what it asks for: each order has a prompt, an outline has none.
   * Inside a text of either, the quotation marks would be escaped.
   */
  static final String IS_WHOLE = "order_json like '%\"prompt\":%'";

  static String write(Order order) {
    ObjectNode json = JSON.createObjectNode();
    json.put("operation", order.operation().word());
    if (order.model() != null) {
      json.put("model", order.model());
    }
    if (!order.prompt().isEmpty()) {
      json.put("prompt", order.prompt());
    }
    ObjectNode fields = json.putObject("fields");
    order.fields().forEach(fields::set);
    if (order.endpoint() != Endpoint.UNIFIED) { // older orders name none
      json.put("endpoint", order.endpoint().word());
    }
    return text(json);
  }

  static Order read(String text) {
    JsonNode json = JSON.readTree(text);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    json.path("fields").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return new Order(
        Operation.valueOf(json.path("operation").stringValue("").toUpperCase(Locale.ROOT)),
        textOrNull(json.path("model")),
        json.path("prompt").stringValue(""),
        fields,
        Endpoint.valueOf(
            json.path("endpoint").stringValue(Endpoint.UNIFIED.word()).toUpperCase(Locale.ROOT)));
  }

  /** The same order without what the video should show. */
  static String outline(String text) {
    return write(read(text).outline());
  }

  static String write(List<String> cells) {
    return text(cells);
  }

  // PostgreSQL refuses halves of surrogate pairs; in JSON the escape means the same.
  private static String text(Object json) {
    return Columns.escaped(JSON.writeValueAsString(json));
  }

  static List<String> cells(String text) {
    return JSON.readValue(text, STRINGS);
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
