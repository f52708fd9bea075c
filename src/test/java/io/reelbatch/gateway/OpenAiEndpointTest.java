package io.reelbatch.gateway;

import static io.reelbatch.gateway.ScriptedServer.html;
import static io.reelbatch.gateway.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The way of OpenAI's specification. */
@Timeout(60)
class OpenAiEndpointTest {

  private static final TaskId TASK = new TaskId("video_1");

  @Test
  void aCreationIsPostedToVideosWithSecondsAsText() throws Exception {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put("seconds", StringNode.valueOf("8"));
    fields.put("size", StringNode.valueOf("1280x720"));
    Order order =
        new Order(
            Operation.CREATE, "sora-2-2025-12-08", "A red kite over snow", fields, Endpoint.OPENAI);
    try (ScriptedServer server = new ScriptedServer(json(200, video("queued", "")));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.send(order, null))).isEqualTo("accepted video_1");

      ScriptedServer.Request request = server.requests().get(0);
      assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/videos");
      assertThat(request.headers().get("content-type")).isEqualTo("application/json");
      assertThat(Json.parse(request.body()))
          .isEqualTo(Json.parse(Fixture.text("/golden/openai-create.json")));
    }
  }

  @Test
  void aRemixGoesWhereItAlwaysGoes() throws Exception {
    Order order = new Order(Operation.REMIX, null, "finer", Map.of(), Endpoint.OPENAI);
    try (ScriptedServer server = new ScriptedServer(json(200, video("queued", "")));
        VideoGateway gateway = gateway(server.url())) {
      gateway.send(order, new TaskId("video_0"));

      assertThat(server.targets()).containsExactly("/v1/videos/video_0/remix");
      assertThat(server.requests().get(0).body()).isEqualTo("{\"prompt\":\"finer\"}");
    }
  }

  @Test
  void aFinishedTaskWithoutALinkIsLinkedToItsContent() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(json(200, video("completed", ",\"expires_at\":1800000000")));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.OPENAI)))
          .isEqualTo("succeeded " + server.url() + "/v1/videos/video_1/content");

      assertThat(server.targets()).containsExactly("/v1/videos/video_1");
    }
  }

  @Test
  void aLinkThatIsShownCountsMoreThanTheContent() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(200, video("completed", ",\"video_url\":\"https://cdn.example/v.mp4\"")));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.OPENAI)))
          .isEqualTo("succeeded https://cdn.example/v.mp4");
    }
  }

  @Test
  void theGatewaysOwnEndpointNeverInventsALink() throws Exception {
    try (ScriptedServer server = new ScriptedServer(json(200, video("completed", "")));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.UNIFIED))).isEqualTo("succeeded null");
    }
  }

  @Test
  void anUnknownTaskIsAskedForAtOneAddressOnly() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(
                    404,
                    "{\"error\":{\"message\":\"Video with id 'video_1' not found.\",\"type\":"
                        + "\"invalid_request_error\",\"param\":null,\"code\":null}}"));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.OPENAI)))
          .isEqualTo("unknown: invalid_request_error");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          200 | -  | {"id":"video_1","object":"video","status":"queued","error":null}  | accepted video_1
          200 | -  | {"id":"video_1","object":"video","status":"failed","error":{"code":"moderation_blocked","message":"m"}} | accepted video_1
          400 | -  | {"error":{"message":"Invalid value: '5'.","type":"invalid_request_error","param":"seconds","code":"invalid_value"}} | refused: invalid_value
          400 | -  | {"error":{"message":"Your request was blocked by our moderation system.","type":"invalid_request_error","param":"prompt","code":"moderation_blocked"}} | prompt refused: moderation_blocked
          400 | -  | {"error":{"message":"Billing hard limit has been reached.","type":"invalid_request_error","param":null,"code":"billing_hard_limit_reached"}} | halt BALANCE: billing_hard_limit_reached
          401 | -  | {"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}} | halt KEY: invalid_api_key
          403 | -  | {"error":{"message":"Country, region, or territory not supported","type":"request_forbidden","param":null,"code":"unsupported_country_region_territory"}} | halt KEY: unsupported_country_region_territory
          404 | -  | {"error":{"message":"The model `` `x` `` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}} | model deferred: model_not_found
          404 | -  | {"error":{"message":"Invalid URL (POST /v1/videos)","type":"invalid_request_error","param":null,"code":null}} | halt ROUTE: invalid_request_error
          429 | 30 | {"error":{"message":"Rate limit reached for sora-2 in organization o on requests per min (RPM): Limit 2. Please try again in 30s.","type":"requests","param":null,"code":"rate_limit_exceeded"}} | deferred 30s: rate_limit_exceeded
          429 | -  | {"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}} | halt BALANCE: insufficient_quota
          429 | -  | {"error":{"message":"Your account is not active, please check your billing details.","type":"billing_not_active","param":null,"code":"billing_not_active"}} | halt BALANCE: billing_not_active
          500 | -  | {"error":{"message":"The server had an error while processing your request.","type":"server_error","param":null,"code":null}} | in doubt: server_error
          503 | 5  | {"error":{"message":"The engine is currently overloaded.","type":"server_error","param":null,"code":null}} | deferred 5s: server_error
          503 | -  | {"error":{"message":"The engine is currently overloaded.","type":"server_error","param":null,"code":null}} | in doubt: server_error
          """)
  void theTableOfSendsReadsOpenAisErrors(
      int status, @Nullable String retryAfter, String body, String outcome) {
    assertThat(Played.brief(Played.send(Played.answer(status, retryAfter, body))))
        .isEqualTo(outcome);
  }

  @Test
  void aPageThatIsNoAnswerOfAnApiIsTroubleAndNoEnd() throws Exception {
    try (ScriptedServer server = new ScriptedServer(html(200, "<html>hello</html>"));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.OPENAI)))
          .isEqualTo("trouble: unreadable_answer");
    }
  }

  private static String video(String status, String more) {
    return "{\"id\":\"video_1\",\"object\":\"video\",\"status\":\"" + status + "\"" + more + "}";
  }

  static VideoGateway gateway(URI url) {
    return new VideoGateway(
        new GatewaySettings(
            url,
            new ApiKey("sk-secret"),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            4,
            GatewaySettings.DEFAULT_QUERY_PATH,
            GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH),
        Played.CLOCK);
  }
}
