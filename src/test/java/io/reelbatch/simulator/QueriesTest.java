package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class QueriesTest {

  private final Provider provider = new Provider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aSoraTaskIsPendingToItsEndAndItsProgressStandsInTheDetail() {
    String id = provider.created("sora-2", "a cat");
    provider.clock.pass(Duration.ofSeconds(93));

    JsonNode answer = provider.status(id);

    assertThat(answer.path("id").stringValue()).isEqualTo(id);
    assertThat(answer.path("status").stringValue()).isEqualTo("pending");
    assertThat(answer.at("/detail/status").stringValue()).isEqualTo("pending");
    assertThat(answer.at("/detail/id").stringValue()).isEqualTo(id.substring("sora-2:".length()));
    assertThat(answer.at("/detail/pending_info/status").stringValue()).isEqualTo("processing");
    assertThat(answer.at("/detail/pending_info/progress_pct").doubleValue()).isEqualTo(0.93);
    assertThat(answer.at("/detail/pending_info/failure_reason").isNull()).isTrue();
    assertThat(answer.at("/detail/input/prompt").stringValue()).isEqualTo("a cat");
  }

  @Test
  void aCompletedSoraTaskHasItsLinkInThreePlaces() {
    String id = provider.created("sora-2", "a cat");
    provider.end();

    JsonNode answer = provider.status(id);

    String link = link(id);
    assertThat(answer.path("status").stringValue()).isEqualTo("completed");
    assertThat(answer.path("video_url").stringValue()).isEqualTo(link);
    assertThat(answer.at("/detail/url").stringValue()).isEqualTo(link);
    assertThat(answer.at("/detail/draft_info/kind").stringValue()).isEqualTo("sora_draft");
    assertThat(answer.at("/detail/draft_info/downloadable_url").stringValue()).isEqualTo(link);
    assertThat(answer.has("progress")).isFalse();
  }

  @Test
  void aGrokTaskLosesItsPrefixAndCountsInSeconds() {
    String id = provider.created("grok-video-3", "a cat");
    provider.clock.pass(Duration.ofSeconds(50));
    JsonNode halfway = provider.status(id);
    provider.end();

    JsonNode ended = provider.status(id);

    assertThat(halfway.toString())
        .isEqualTo(
            "{\"id\":\""
                + id.substring("grok:".length())
                + "\",\"enhanced_prompt\":\"\",\"status\":\"processing\",\"progress\":50,"
                + "\"video_url\":null,\"status_update_time\":"
                + provider.clock.instant().minusSeconds(100).getEpochSecond()
                + "}");
    assertThat(ended.path("status").stringValue()).isEqualTo("completed");
    assertThat(ended.path("progress").intValue()).isEqualTo(100);
    assertThat(ended.path("video_url").stringValue()).isEqualTo(link(id));
  }

  @Test
  void aCompletedVeoTaskStillCarriesAnEarlierError() {
    String id = provider.created("veo3.1-fast", "a cat");
    provider.clock.pass(Duration.ofSeconds(50));
    JsonNode halfway = provider.status(id);
    provider.end();

    JsonNode ended = provider.status(id);

    assertThat(halfway.path("status").stringValue()).isEqualTo("processing");
    assertThat(halfway.at("/detail/status").stringValue()).isEqualTo("video_generating");
    assertThat(halfway.at("/detail/running").booleanValue()).isTrue();
    assertThat(ended.path("status").stringValue()).isEqualTo("completed");
    assertThat(ended.at("/detail/error_message").stringValue()).contains("[403]");
    assertThat(ended.at("/detail/video_url").stringValue()).isEqualTo(link(id));
  }

  @Test
  void aRemixInFlightCarriesAnEmptyErrorAndAnEmptyLink() {
    String source = provider.created("sora-2", "a cat");
    provider.end();
    String id = remix(source, "finer");
    provider.clock.pass(Duration.ofSeconds(50));
    JsonNode halfway = provider.status(id);
    provider.end();

    JsonNode ended = provider.status(id);

    assertThat(halfway.path("status").stringValue()).isEqualTo("in_progress");
    assertThat(halfway.path("video_url").stringValue()).isEmpty();
    assertThat(halfway.path("completed_at").longValue()).isZero();
    assertThat(halfway.at("/error/message").stringValue()).isEmpty();
    assertThat(ended.path("status").stringValue()).isEqualTo("completed");
    assertThat(ended.path("completed_at").longValue())
        .isEqualTo(provider.clock.instant().minusSeconds(50).getEpochSecond());
    assertThat(ended.path("video_url").stringValue()).isEqualTo(link(id));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "sora-2, moderated, /detail/draft_info/kind, sora_content_violation",
        "sora-2, moderated, /detail/draft_info/reason_str, This content may violate",
        "sora-2, fail, /detail/draft_info/kind, sora_error",
        "grok-video-3, moderated, /error/code, moderation_blocked",
        "grok-video-3, fail, /error, Upstream generation failed",
        "veo3, moderated, /detail/error_message, This content may violate",
        "veo3, fail, /detail/status, video_generation_failed",
      })
  void aFailedTaskSaysWhyInTheShapeOfItsFamily(
      String model, String directive, String pointer, String text) {
    String id = provider.created(model, "a cat [sim:" + directive + "]");
    provider.end();

    JsonNode answer = provider.status(id);

    assertThat(answer.path("status").stringValue()).isEqualTo("failed");
    assertThat(answer.at(pointer).stringValue()).startsWith(text);
    assertThat(answer.toString()).doesNotContain("/files/");
  }

  @Test
  void aFailedRemixSaysWhyInItsErrorObject() {
    String source = provider.created("sora-2", "a cat");
    provider.end();
    String id = remix(source, "finer [sim:moderated]");
    provider.end();

    JsonNode answer = provider.status(id);

    assertThat(answer.path("status").stringValue()).isEqualTo("failed");
    assertThat(answer.at("/error/code").stringValue()).isEqualTo("moderation_blocked");
    assertThat(answer.at("/error/message").stringValue()).startsWith("This content may violate");
  }

  @Test
  void aTaskIsFoundByItsExactIdRawOrEncodedOnceOnBothPaths() {
    String id = provider.created("sora-2", "a cat");
    String encoded = id.replace(":", "%3A");

    assertThat(provider.get("/v1/videos/" + id).statusCode()).isEqualTo(200);
    assertThat(provider.get("/v1/videos/" + encoded).statusCode()).isEqualTo(200);
    assertThat(provider.get("/v1/video/query?id=" + id).statusCode()).isEqualTo(200);
    assertThat(provider.get("/v1/video/query?id=" + encoded).statusCode()).isEqualTo(200);
    assertThat(provider.simulator.log().get(2).path()).isEqualTo("/v1/videos/" + encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"task_ONLY", "sora-2%253AONLY", "sora-2:task_other"})
  void anyOtherIdDoesNotExist(String pattern) {
    String id = provider.created("sora-2", "a cat");

    var response =
        provider.get("/v1/videos/" + pattern.replace("ONLY", id.substring("sora-2:".length())));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\",\"data\":null}");
  }

  @Test
  void aQueryWithoutAnIdIsRefused() {
    assertThat(provider.get("/v1/video/query").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sora-2", "grok-video-3", "veo3.1"})
  void aTaskThatIsNotDoneHasNoLinkAndNoContent(String model) {
    String id = provider.created(model, "a cat");
    provider.clock.pass(Provider.TASK_TIME.minusMillis(1));

    var content = provider.get("/v1/videos/" + id + "/content");

    assertThat(provider.status(id).toString()).doesNotContain("/files/");
    assertThat(content.statusCode()).isEqualTo(400);
    assertThat(content.body()).contains("Task is not completed yet");
    assertThat(provider.get(URI.create(link(id)).getPath()).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sora-2", "grok-video-3", "veo3.1"})
  void aLinkLeadsToAnMp4WithoutAKey(String model) {
    String id = provider.created(model, "a cat");
    provider.end();

    byte[] video = provider.bytes(URI.create(provider.status(id).path("video_url").stringValue()));

    assertThat(video).hasSizeBetween(1_000, 15_000);
    assertThat(new String(video, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    // The index stands before the pictures, so that a player can start at once.
    String text = new String(video, StandardCharsets.ISO_8859_1);
    assertThat(text.indexOf("moov")).isPositive().isLessThan(text.indexOf("mdat"));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-99, 206, 100, bytes 0-99/",
    "bytes=100-, 206, -100, bytes 100-",
    "bytes=-7, 206, 7, bytes ",
    "bytes=99999999-, 416, 0, bytes */",
    "'bytes=0-1,5-6', 200, 0, ",
    "lines=1-2, 200, 0, ",
  })
  void aPartOfAVideoCanBeAskedFor(String range, int status, int length, String contentRange) {
    String id = provider.created("sora-2", "a cat");
    provider.end();
    String path = "/v1/videos/" + id + "/content";
    long whole = provider.get(path).headers().firstValueAsLong("Content-Length").orElseThrow();

    var part = provider.send(provider.request(path).header("Range", range).GET());

    assertThat(part.statusCode()).isEqualTo(status);
    assertThat(part.headers().firstValue("Content-Range").orElse(""))
        .startsWith(contentRange == null ? "" : contentRange);
    if (status != 416) {
      assertThat(part.headers().firstValue("Content-Type")).hasValue("video/mp4");
      assertThat(part.headers().firstValueAsLong("Content-Length").orElseThrow())
          .isEqualTo(length > 0 ? length : whole + length);
    }
  }

  @Test
  void theContentOfATaskThatNobodyKnowsIsNotFound() {
    assertThat(provider.get("/v1/videos/video_1/content").statusCode()).isEqualTo(404);
  }

  private String remix(String source, String prompt) {
    return Provider.json(
            provider.post(
                "/v1/videos/" + source + "/remix", Json.object().put("prompt", prompt).toString()))
        .path("id")
        .stringValue();
  }

  private String link(String id) {
    return provider.simulator.baseUrl() + "/files/" + id.replace(':', '~') + ".mp4";
  }
}
