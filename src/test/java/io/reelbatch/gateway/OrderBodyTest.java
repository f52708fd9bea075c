package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrderBodyTest {

  @Test
  void aCreationIsSentAsThePageShowsIt() {
    Order order =
        new Order(
            Operation.CREATE,
            "sora-2-pro",
            "make animate",
            fields(
                """
                {"images": [], "orientation": "portrait", "size": "large", "duration": 15,
                 "watermark": false, "private": true}"""));

    assertThat(body(order, null)).isEqualTo(page("create-002-request.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"remix-000-request.json", "remix-003-request.json"})
  void aRemixIsSentAsThePageShowsIt(String example) {
    Order order = new Order(Operation.REMIX, null, "画面更精细一些", fields("{\"size\": \"1280x720\"}"));

    assertThat(body(order, new TaskId("video_099c5197-abfd-4e16-88ff-1e162f2a5c77")))
        .isEqualTo(page(example));
  }

  @Test
  void anExtensionIsSentAsThePageShowsIt() {
    Order order =
        new Order(
            Operation.EXTEND,
            "grok-video-3",
            "play with another white cat",
            fields("{\"size\": \"1080p\", \"start_time\": 3, \"upscale\": false}"));

    assertThat(body(order, new TaskId("grok:7fd641dc-437f-44c3-97a2-e3778e0e10fb")))
        .isEqualTo(page("extend-004-request.json"));
  }

  @Test
  void aFurtherFieldNeverReplacesOneOfTheOrder() {
    Order order =
        new Order(
            Operation.EXTEND,
            "m",
            "p",
            fields("{\"model\": \"x\", \"prompt\": \"y\", \"task_id\": \"z\", \"n\": 1.50}"));

    assertThat(body(order, new TaskId("t")))
        .isEqualTo(
            Json.parse("{\"model\": \"m\", \"prompt\": \"p\", \"task_id\": \"t\", \"n\": 1.50}"));
  }

  @Test
  void halfACharacterInAPromptDoesNotKeepTheOrderFromBeingWritten() {
    Order order = new Order(Operation.CREATE, "m", "a\uD83D", Map.of());

    assertThat(body(order, null).path("prompt").stringValue()).isEqualTo("a?");
  }

  private static JsonNode body(Order order, @Nullable TaskId source) {
    return Json.parse(new String(OrderBody.of(order, source), StandardCharsets.UTF_8));
  }

  private static JsonNode page(String example) {
    return Json.parse(Fixture.text(example));
  }

  private static Map<String, JsonNode> fields(String json) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    Json.parse(json).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
