package io.reelbatch.gateway;

import io.reelbatch.model.Order;
import io.reelbatch.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a paid request.
 *
 * <p>Wire: {@code prompt}, {@code model} and the model's fields (002_2806259c75ea4eb9.txt); {@code
 * prompt} and {@code size} for a remix (000_627d03da58f7585c.txt, 003_46f25b07e1382a24.txt); {@code
 * model}, {@code prompt}, {@code task_id} and fields for an extension (004_6e4607a80ea57ce1.txt).
 * Assumed: the same for OpenAI's endpoint, whose fields ({@code seconds}, {@code size}) come from
 * the catalogue.
 */
final class OrderBody {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private OrderBody() {}

  static byte[] of(Order order, @Nullable TaskId source) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (order.model() != null) {
      body.put("model", order.model());
    }
    body.put("prompt", order.prompt());
    if (source != null && order.operation().hasModel()) {
      body.put("task_id", source.value());
    }
    for (Map.Entry<String, JsonNode> field : order.fields().entrySet()) {
      body.putIfAbsent(field.getKey(), field.getValue());
    }
    // By way of a String: straight to bytes, half a surrogate pair in a cell would throw.
    return MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
  }
}
