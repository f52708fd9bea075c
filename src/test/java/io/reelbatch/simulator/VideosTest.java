package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's endpoint. */
class VideosTest {

  private final Provider provider = new Provider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void aVideoIsMadeAndShownWithoutALinkAndItsContentNeedsTheKey() {
    JsonNode made = post("{'model':'sora-2','prompt':'a cat','seconds':'8','size':'1280x720'}");
    String id = made.path("id").stringValue();
    provider.end();

    assertThat(id).matches("video_[0-9a-f]{32}");
    assertThat(made.path("status").stringValue()).isEqualTo("queued");
    assertThat(made.path("seconds").stringValue()).isEqualTo("8");
    JsonNode done = provider.status(id);
    assertThat(done.path("status").stringValue()).isEqualTo("completed");
    assertThat(done.path("expires_at").isIntegralNumber()).isTrue();
    assertThat(done.propertyNames()).doesNotContain("video_url", "url");
    assertThat(provider.get("/v1/videos/" + id + "/content").statusCode()).isEqualTo(200);
    assertThat(
            provider
                .send(
                    provider
                        .request("/v1/videos/" + id + "/content")
                        .setHeader("Authorization", "Bearer other")
                        .GET())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aRemixOfItIsAVideoOfTheSameKind() {
    String id = post("{'model':'sora-2','prompt':'a cat'}").path("id").stringValue();
    provider.end();

    JsonNode remix =
        Provider.json(provider.post("/v1/videos/" + id + "/remix", "{\"prompt\":\"finer\"}"));

    assertThat(remix.path("remixed_from_video_id").stringValue()).isEqualTo(id);
    assertThat(remix.path("model").stringValue()).isEqualTo("sora-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'model':'sora-2','prompt':'p','seconds':8}                   | seconds | invalid_type
          {'model':'sora-2','prompt':'p','seconds':'5'}                 | seconds | invalid_value
          {'model':'grok-video-3','prompt':'p','seconds':'x'}           | seconds | invalid_value
          {'model':'sora-2','prompt':'p','size':'large'}                | size    | invalid_value
          {'model':'sora-2','prompt':'p','size':'1792x1024'}            | size    | invalid_value
          {'model':'sora-2','prompt':'p','images':'https://a.example'}  | images  | invalid_type
          {'model':'sora-2','prompt':'p','duration':8}                  | duration | unknown_parameter
          {'model':'sora-2','seconds':'8'}                              | prompt  | missing_required_parameter
          {'prompt':'p'}                                                | model   | missing_required_parameter
          """)
  void whatIsNotInTheSpecificationIsRefusedByName(String body, String field, String code) {
    JsonNode error = post(body).path("error");

    assertThat(error.path("param").stringValue()).isEqualTo(field);
    assertThat(error.path("code").stringValue()).isEqualTo(code);
    assertThat(provider.simulator.tasks()).isEmpty();
  }

  @Test
  void theListIsPagedTheNewestFirst() {
    for (String prompt : new String[] {"a", "b", "c"}) {
      post("{'model':'sora-2','prompt':'" + prompt + "'}");
    }

    JsonNode first = Provider.json(provider.get("/v1/videos?limit=2"));
    JsonNode second =
        Provider.json(
            provider.get("/v1/videos?limit=2&after=" + first.path("last_id").stringValue()));

    assertThat(prompts(first)).isEqualTo("c b ");
    assertThat(first.path("has_more").booleanValue()).isTrue();
    assertThat(prompts(second)).isEqualTo("a ");
    assertThat(second.path("has_more").booleanValue()).isFalse();
    assertThat(prompts(Provider.json(provider.get("/v1/videos?order=asc")))).isEqualTo("a b c ");
  }

  private JsonNode post(String body) {
    return Provider.json(provider.post("/v1/videos", body.replace('\'', '"')));
  }

  private static String prompts(JsonNode list) {
    StringBuilder prompts = new StringBuilder();
    list.path("data").forEach(video -> prompts.append(video.path("prompt").asString()).append(' '));
    return prompts.toString();
  }
}
