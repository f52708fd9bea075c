package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

  @ParameterizedTest
  @ValueSource(strings = {"https://g.example/prefix", "https://g.example/prefix//"})
  void thePathOfTheBaseUrlStaysInFrontAndATrailingSlashDoesNotMatter(String base) {
    Endpoints endpoints = endpoints(base);

    assertThat(endpoints.send(Operation.CREATE, Endpoint.UNIFIED, null))
        .hasToString("https://g.example/prefix/v1/video/create");
  }

  @Test
  void eachOperationHasItsAddress() {
    Endpoints endpoints = endpoints("https://g.example");
    TaskId source = new TaskId("video_099c5197");

    assertThat(endpoints.send(Operation.CREATE, Endpoint.UNIFIED, null))
        .hasToString("https://g.example/v1/video/create");
    assertThat(endpoints.send(Operation.REMIX, Endpoint.UNIFIED, source))
        .hasToString("https://g.example/v1/videos/video_099c5197/remix");
    assertThat(endpoints.send(Operation.EXTEND, Endpoint.UNIFIED, source))
        .hasToString("https://g.example/v1/video/extend");
    assertThat(endpoints.send(Operation.CREATE, Endpoint.OPENAI, null))
        .hasToString("https://g.example/v1/videos");
    assertThat(endpoints.send(Operation.REMIX, Endpoint.OPENAI, source))
        .hasToString("https://g.example/v1/videos/video_099c5197/remix");
    assertThat(endpoints.content(source))
        .hasToString("https://g.example/v1/videos/video_099c5197/content");
    assertThat(endpoints.list(new TaskId("a:b")))
        .hasToString("https://g.example/v1/videos?limit=100&order=desc&after=a%3Ab");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sora-2:task_01k81e7r | /v1/videos/sora-2:task_01k81e7r  | /v1/video/query?id=sora-2%3Atask_01k81e7r
          a/b                  | /v1/videos/a%2Fb                 | /v1/video/query?id=a%2Fb
          a%2Fb                | /v1/videos/a%252Fb               | /v1/video/query?id=a%252Fb
          a?b#c                | /v1/videos/a%3Fb%23c             | /v1/video/query?id=a%3Fb%23c
          a b+c                | /v1/videos/a%20b%2Bc             | /v1/video/query?id=a%20b%2Bc
          a&b=c                | /v1/videos/a%26b%3Dc             | /v1/video/query?id=a%26b%3Dc
          红~._-               | /v1/videos/%E7%BA%A2~._-         | /v1/video/query?id=%E7%BA%A2~._-
          """)
  void anIdIsEncodedExactlyOnceAndItsColonStaysInThePath(String id, String path, String query) {
    Endpoints endpoints = endpoints("https://g.example");

    assertThat(endpoints.query(new TaskId(id), QueryRoute.FIRST))
        .hasToString("https://g.example" + path);
    assertThat(endpoints.query(new TaskId(id), QueryRoute.FALLBACK))
        .hasToString("https://g.example" + query);
  }

  private static Endpoints endpoints(String base) {
    return new Endpoints(
        new GatewaySettings(
            URI.create(base),
            new ApiKey("sk-secret"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            GatewaySettings.DEFAULT_QUERY_PATH,
            GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH));
  }
}
