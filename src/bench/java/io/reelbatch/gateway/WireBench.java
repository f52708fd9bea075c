package io.reelbatch.gateway;

import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is between a row and the wire, without the wire. */
@State(Scope.Thread)
public class WireBench {

  private final Order order =
      new Order(
          Operation.CREATE,
          "sora-2",
          "A red kite over snowy hills, slow dolly in, golden hour, 35 mm film grain",
          fields());
  private final SendClassifier classifier =
      new SendClassifier(new Redaction(new ApiKey("sk-bench")), InstantSource.system());
  private final Exchange answer =
      new Exchange.Answered(
          200,
          null,
          null,
          "2026112012000000000000",
          "{\"id\":\"sora-2:task_01k6x15vhrff09dkkqjrzwhm60\",\"status\":\"pending\","
              + "\"status_update_time\":1759763621142}");

  private static Map<String, JsonNode> fields() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Map<String, JsonNode> fields = new TreeMap<>();
    fields.put("images", json.arrayNode());
    fields.put("orientation", json.stringNode("landscape"));
    fields.put("size", json.stringNode("small"));
    fields.put("duration", json.numberNode(10));
    fields.put("watermark", json.booleanNode(false));
    fields.put("private", json.booleanNode(false));
    return fields;
  }

  /** The JSON of a request. */
  @Benchmark
  public byte[] body() {
    return OrderBody.of(order, null);
  }

  /** What an answer means. */
  @Benchmark
  public SendOutcome classify() {
    return classifier.classify(answer);
  }
}
