package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Provider provider = new Provider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aSoraOrderIsAnsweredAsThePageShows() {
    var response =
        provider.post(
            "/v1/video/create",
            """
            {"images": [], "model": "sora-2-pro", "orientation": "portrait",
             "prompt": "make animate", "size": "large", "duration": 15,
             "watermark": false, "private": true}
            """);

    var answer = Provider.json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(answer.propertyNames()).containsExactly("id", "status", "status_update_time");
    assertThat(answer.path("id").stringValue()).matches("sora-2:task_[0-9a-hjkmnp-tv-z]{26}");
    assertThat(answer.path("status").stringValue()).isEqualTo("pending");
    assertThat(answer.path("status_update_time").longValue())
        .isEqualTo(provider.clock.instant().toEpochMilli());
    assertThat(response.headers().firstValue("X-Oneapi-Request-Id"))
        .hasValueSatisfying(id -> assertThat(id).endsWith("000001"));
    assertThat(provider.simulator.tasks()).containsExactly(answer.path("id").stringValue());
  }

  @Test
  void aFieldThatIsNullCountsAsAbsent() {
    var response =
        provider.post(
            "/v1/video/create",
            """
            {"model": "sora-2", "prompt": "a", "size": null, "orientation": null,
             "duration": null, "private": null, "images": null}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void aGrokOrderIsAnsweredInSeconds() {
    var answer = Provider.json(provider.create("grok-video-3", "a cat"));

    assertThat(answer.path("id").stringValue()).matches("grok:" + UUID);
    assertThat(answer.path("status").stringValue()).isEqualTo("processing");
    assertThat(answer.path("status_update_time").longValue())
        .isEqualTo(provider.clock.instant().getEpochSecond());
  }

  @Test
  void aVeoOrderIsAnsweredWithItsModelInTheIdAndThePromptEnhanced() {
    var answer = Provider.json(provider.create("veo3.1-fast", "a cat"));

    assertThat(answer.path("id").stringValue()).matches("veo3\\.1-fast:1\\d{9}-[A-Za-z0-9]{10}");
    assertThat(answer.path("enhanced_prompt").stringValue()).isEqualTo("a cat");
  }

  @Test
  void aRemixIsAnsweredAsThePageShows() {
    String source = provider.created("sora-2", "a cat");
    provider.end();

    var answer =
        Provider.json(
            provider.post(
                "/v1/videos/" + source + "/remix", "{\"prompt\":\"finer\",\"size\":\"1280x720\"}"));

    String id = answer.path("id").stringValue();
    assertThat(id).matches("video_" + UUID);
    assertThat(answer.toString())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"object\":\"video\",\"model\":\"sora_video2\",\"status\":\"queued\","
                + "\"progress\":0,\"created_at\":"
                + provider.clock.instant().getEpochSecond()
                + ",\"seconds\":\"10\",\"size\":\"1280x720\",\"remixed_from_video_id\":\""
                + source.substring("sora-2:".length())
                + "\",\"detail\":{}}");
  }

  @Test
  void aRemixCanBeRemixedByItsEncodedId() {
    String source = provider.created("sora-2", "a cat");
    provider.end();
    String encoded = source.replace(":", "%3A");
    String remix =
        Provider.json(provider.post("/v1/videos/" + encoded + "/remix", "{\"prompt\":\"x\"}"))
            .path("id")
            .stringValue();
    provider.end();

    var again = provider.post("/v1/videos/" + remix + "/remix", "{\"prompt\":\"y\"}");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Provider.json(again).path("remixed_from_video_id").stringValue())
        .isEqualTo(remix.substring("video_".length()));
  }

  @Test
  void anExtensionIsAnsweredWithAnId() {
    String source = provider.created("grok-video-3", "a cat");
    provider.end();

    var answer = Provider.json(provider.post("/v1/video/extend", extend(source)));

    assertThat(answer.path("id").stringValue()).matches("grok:" + UUID).isNotEqualTo(source);
  }

  @Test
  void anExtensionMayBeAnsweredWithAnEmptyObjectThoughItIsCharged() {
    var clock = new HandClock();
    var settings = Provider.steady(clock).withExtendAnswer(ExtendAnswer.EMPTY_OBJECT);
    try (var terse = new Provider(settings, clock)) {
      String source = terse.created("grok-video-3", "a cat");
      terse.end();

      var response = terse.post("/v1/video/extend", extend(source));

      assertThat(response.body()).isEqualTo("{}");
      assertThat(terse.simulator.tasks()).hasSize(2).contains(terse.lastSend().task());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | invalid_request | not json",
        "400 | invalid_request | [1]",
        "400 | invalid_request | {'model':'sora-2'}",
        "400 | invalid_request | {'model':'sora-2','prompt':' '}",
        "400 | invalid_request | {'prompt':'a'}",
        "400 | invalid_request | {'model':2,'prompt':'a'}",
        "503 | model_not_found | {'model':'dall-e-3','prompt':'a'}",
        "503 | model_not_found | {'model':'veo/../3','prompt':'a'}",
        "400 | invalid_size    | {'model':'sora-2','prompt':'a','size':'huge'}",
        "400 | invalid_size    | {'model':'sora-2','prompt':'a','size':7}",
        "400 | invalid_size    | {'model':'sora-2-pro','prompt':'a','size':'small'}",
        "400 | invalid_request | {'model':'sora-2','prompt':'a','orientation':'square'}",
        "400 | invalid_request | {'model':'sora-2','prompt':'a','orientation':true}",
        "400 | invalid_request | {'model':'sora-2','prompt':'a','duration':25}",
        "400 | invalid_request | {'model':'sora-2-pro','prompt':'a','duration':'15'}",
        "400 | invalid_request | {'model':'sora-2','prompt':'a','private':'true'}",
        "400 | invalid_request | {'model':'sora-2','prompt':'a','images':'http://x/y.png'}",
        "400 | invalid_request | {'model':'sora-2','prompt':'a','images':[1]}",
        "400 | invalid_size    | {'model':'grok-video-3','prompt':'a','size':'4K'}",
        "400 | invalid_request | {'model':'grok-video-3','prompt':'a','aspect_ratio':'4:5'}",
        "400 | invalid_request | {'model':'veo3','prompt':'a','aspect_ratio':'1:1'}",
      })
  void aBadCreateIsRefusedAndNothingIsMade(int status, String code, String body) {
    var response = provider.post("/v1/video/create", body.replace('\'', '"'));

    assertRefused(response.statusCode(), status, response.body(), code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'task_id':'ID','prompt':'a','start_time':3}",
        "{'model':'grok-video-3','prompt':'a','start_time':3}",
        "{'model':'grok-video-3','task_id':'ID','start_time':3}",
        "{'model':'grok-video-3','task_id':'ID','prompt':'a'}",
        "{'model':'grok-video-3','task_id':'ID','prompt':'a','start_time':'3'}",
        "{'model':'grok-video-3','task_id':'ID','prompt':'a','start_time':-1}",
        "{'model':'grok-video-3','task_id':'sora-2:task_1','prompt':'a','start_time':3}",
        "{'model':'grok-video-3','task_id':'ID','prompt':'a','start_time':3,'upscale':'no'}",
        "{'model':'sora-2','task_id':'ID','prompt':'a','start_time':3}",
      })
  void aBadExtendIsRefusedAndNothingIsMade(String body) {
    String source = provider.created("grok-video-3", "a cat");
    provider.end();

    var response = provider.post("/v1/video/extend", body.replace('\'', '"').replace("ID", source));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request");
    assertThat(provider.simulator.tasks()).containsExactly(source);
  }

  @Test
  void aSourceThatNobodyKnowsDoesNotExist() {
    var remix = provider.post("/v1/videos/video_1/remix", "{\"prompt\":\"x\"}");
    var extend = provider.post("/v1/video/extend", extend("grok:1"));

    assertRefused(remix.statusCode(), 400, remix.body(), "task_not_exist");
    assertRefused(extend.statusCode(), 400, extend.body(), "task_not_exist");
  }

  @Test
  void aSourceThatIsNotCompletedCannotBeUsed() {
    String sora = provider.created("sora-2", "a cat");
    String grok = provider.created("grok-video-3", "a cat [sim:fail]");
    var early = provider.post("/v1/videos/" + sora + "/remix", "{\"prompt\":\"x\"}");
    provider.end();

    var failed = provider.post("/v1/video/extend", extend(grok));

    assertThat(early.statusCode()).isEqualTo(400);
    assertThat(early.body()).contains("Task is not completed yet");
    assertThat(failed.statusCode()).isEqualTo(400);
    assertThat(provider.simulator.tasks()).containsExactly(sora, grok);
  }

  @Test
  void aPrivateVideoCannotBeRemixed() {
    String hidden =
        Provider.json(
                provider.post(
                    "/v1/video/create", "{\"model\":\"sora-2\",\"prompt\":\"a\",\"private\":true}"))
            .path("id")
            .stringValue();
    provider.end();

    var response = provider.post("/v1/videos/" + hidden + "/remix", "{\"prompt\":\"x\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request");
  }

  @Test
  void aWrongOrMissingKeyIsRefusedEverywhere() {
    String id = provider.created("sora-2", "a");
    var body = HttpRequest.BodyPublishers.ofString(Provider.order("sora-2", "a"));

    var post =
        provider.send(
            provider.request("/v1/video/create").setHeader("Authorization", "Bearer x").POST(body));
    var get =
        provider.send(
            provider.request("/v1/videos/" + id).setHeader("Authorization", "Basic x").GET());
    var content =
        provider.send(
            provider.request("/v1/videos/" + id + "/content").setHeader("Authorization", "").GET());

    for (var response : List.of(post, get, content)) {
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).contains("无效的令牌").contains("new_api_error");
      assertThat(response.headers().firstValue("X-Oneapi-Request-Id")).isPresent();
    }
    assertThat(provider.simulator.tasks()).containsExactly(id);
    assertThat(provider.simulator.sends()).hasSize(2);
    assertThat(provider.lastSend().note()).isEqualTo("wrong key");
  }

  @Test
  void aRouteThatDoesNotExistIsNamed() {
    var head =
        provider.send(
            provider.request("/v1/images").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    var get = provider.get("/v1/video/generations/x");
    var post = provider.post("/v1/images", "{}");

    assertThat(head.statusCode()).isEqualTo(404);
    assertThat(get.statusCode()).isEqualTo(404);
    assertThat(get.body()).contains("Invalid URL (GET /v1/video/generations/x)");
    assertThat(post.body()).contains("Invalid URL (POST /v1/images)");
    assertThat(provider.simulator.sends()).isEmpty();
  }

  @Test
  void aboveTheLimitOfActiveTasksAnOrderIsDeferredUntilOneEnds() {
    var clock = new HandClock();
    try (var small = new Provider(Provider.steady(clock).withMaxActive(2), clock)) {
      small.created("sora-2", "a");
      small.created("sora-2", "b");
      var third = small.create("sora-2", "c");
      small.end();

      var again = small.create("sora-2", "c");

      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(third.body()).contains("fail_to_fetch_task", "当前分组上游负载已饱和，请稍后再试");
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(small.simulator.tasks()).hasSize(3);
    }
  }

  private void assertRefused(int status, int expected, String body, String code) {
    assertThat(status).isEqualTo(expected);
    assertThat(body).contains("\"code\":\"" + code + "\"");
    assertThat(provider.simulator.tasks()).isEmpty();
    assertThat(provider.lastSend().task()).isNull();
    assertThat(provider.lastSend().status()).isEqualTo(expected);
  }

  private static String extend(String source) {
    return Json.object()
        .put("model", "grok-video-3")
        .put("prompt", "another cat")
        .put("task_id", source)
        .put("size", "1080p")
        .put("start_time", 3)
        .put("upscale", false)
        .toString();
  }
}
