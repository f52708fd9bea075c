package io.reelbatch.gateway;

import static io.reelbatch.gateway.ScriptedServer.drip;
import static io.reelbatch.gateway.ScriptedServer.hangUp;
import static io.reelbatch.gateway.ScriptedServer.html;
import static io.reelbatch.gateway.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VideoGatewayQueryTest {

  private static final String WORKING = "{\"status\":\"processing\"}";
  private static final String NO_TASK = "{\"code\":\"task_not_exist\",\"message\":\"m\"}";
  private static final String NO_ROUTE =
      "{\"error\":{\"message\":\"Invalid URL (GET /v1/videos/x)\",\"code\":\"\"}}";
  private static final TaskId TASK = new TaskId("sora-2:task_1");

  @Test
  void aTaskIsAskedForOnceWhereThePageSays() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(json(200, Fixture.text("query-001-pending.json")));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.UNIFIED)))
          .isEqualTo("working pending 93");

      ScriptedServer.Request request = server.requests().get(0);
      assertThat(server.requests()).hasSize(1);
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.target()).isEqualTo("/v1/videos/sora-2:task_1");
      assertThat(request.body()).isEmpty();
      assertThat(request.headers())
          .containsEntry("authorization", "Bearer sk-secret")
          .doesNotContainKeys("content-type", "upgrade");
    }
  }

  @Test
  void aRouteThatIsMissingIsReplacedByTheOtherAndNotAskedAgainForThatFamily() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(404, NO_ROUTE), json(200, WORKING), json(200, WORKING), json(200, WORKING));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.UNIFIED)))
          .isEqualTo("working processing");
      gateway.query(new TaskId("sora-2:task_2"), Endpoint.UNIFIED);
      gateway.query(new TaskId("video_3"), Endpoint.UNIFIED);

      assertThat(server.targets())
          .containsExactly(
              "/v1/videos/sora-2:task_1",
              "/v1/video/query?id=sora-2%3Atask_1",
              "/v1/video/query?id=sora-2%3Atask_2",
              "/v1/videos/video_3");
    }
  }

  @Test
  void aTaskThatOneAddressDoesNotKnowIsAskedForAtTheOther() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(400, NO_TASK), json(200, WORKING), json(404, NO_TASK), json(200, WORKING));
        VideoGateway gateway = gateway(server.url())) {
      gateway.query(new TaskId("video_1"), Endpoint.UNIFIED);
      assertThat(Played.brief(gateway.query(new TaskId("video_2"), Endpoint.UNIFIED)))
          .isEqualTo("working processing");

      assertThat(server.targets())
          .containsExactly(
              "/v1/videos/video_1",
              "/v1/video/query?id=video_1",
              "/v1/video/query?id=video_2",
              "/v1/videos/video_2");
    }
  }

  @Test
  void aTaskThatNeitherAddressKnowsIsUnknown() throws Exception {
    assertThat(two(json(400, NO_TASK), json(404, NO_TASK))).isEqualTo("unknown: task_not_exist");
    assertThat(two(json(400, NO_TASK), json(404, NO_ROUTE))).isEqualTo("unknown: task_not_exist");
    assertThat(two(json(404, NO_ROUTE), json(400, NO_TASK))).isEqualTo("unknown: task_not_exist");
  }

  @Test
  void aTaskIsNotUnknownWhileOneAddressGivesNoClearWord() throws Exception {
    assertThat(two(json(400, NO_TASK), json(502, ""))).isEqualTo("trouble: http_502");
    assertThat(two(json(400, NO_TASK), hangUp())).isEqualTo("trouble: connection_lost");
    assertThat(two(json(404, NO_ROUTE), json(404, NO_ROUTE))).isEqualTo("trouble: http_404");
  }

  @Test
  void aKeyThatOneAddressTookIsNotDeniedByTheOther() throws Exception {
    assertThat(two(json(400, NO_TASK), json(401, ""))).isEqualTo("trouble: http_401");
    assertThat(two(json(404, NO_ROUTE), json(401, ""))).isEqualTo("denied: http_401");
  }

  @Test
  void onlyAMissingRouteOrTaskCausesASecondRequest() throws Exception {
    for (ScriptedServer.Reply reply :
        new ScriptedServer.Reply[] {
          json(401, ""),
          json(429, "", "Retry-After: 0"),
          json(503, ""),
          html(200, "<html>"),
          hangUp()
        }) {
      try (ScriptedServer server = new ScriptedServer(reply);
          VideoGateway gateway = gateway(server.url())) {
        gateway.query(TASK, Endpoint.UNIFIED);

        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void withoutAFallbackOneRequestLeaves() throws Exception {
    try (ScriptedServer server = new ScriptedServer(json(400, NO_TASK));
        VideoGateway gateway =
            gateway(server.url(), Duration.ofSeconds(20), GatewaySettings.DEFAULT_QUERY_PATH)) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.UNIFIED)))
          .isEqualTo("unknown: task_not_exist");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aDrippingAnswerIsGivenUp() throws Exception {
    try (ScriptedServer server = new ScriptedServer(drip(20));
        VideoGateway gateway =
            gateway(server.url(), Duration.ofMillis(300), GatewaySettings.DEFAULT_QUERY_PATH)) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.UNIFIED)))
          .isEqualTo("trouble: answer_timeout");
    }
  }

  @Test
  void anEndlessAnswerIsGivenUp() throws Exception {
    try (ScriptedServer server = new ScriptedServer(json(200, " ".repeat(1_500_000)));
        VideoGateway gateway = gateway(server.url())) {
      assertThat(Played.brief(gateway.query(TASK, Endpoint.UNIFIED)))
          .isEqualTo("trouble: answer_too_long");
    }
  }

  @Test
  void theMemoryOfFamiliesIsBounded() {
    QueryRoutes routes = new QueryRoutes();
    for (int i = 0; i < 2000; i++) {
      routes.remember(new TaskId("family" + i + ":1"), QueryRoute.FALLBACK);
    }

    assertThat(routes.of(new TaskId("family0:2"))).isEqualTo(QueryRoute.FALLBACK);
    assertThat(routes.of(new TaskId("family1999:2"))).isEqualTo(QueryRoute.FIRST);
    assertThat(routes.of(new TaskId("plain"))).isEqualTo(QueryRoute.FIRST);
  }

  private static String two(ScriptedServer.Reply first, ScriptedServer.Reply second)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(first, second);
        VideoGateway gateway = gateway(server.url())) {
      String answer = Played.brief(gateway.query(TASK, Endpoint.UNIFIED));
      assertThat(server.requests()).hasSize(2);
      return answer;
    }
  }

  private static VideoGateway gateway(URI url) {
    return gateway(url, Duration.ofSeconds(20), GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH);
  }

  private static VideoGateway gateway(URI url, Duration answerTimeout, String fallback) {
    return new VideoGateway(
        new GatewaySettings(
            url,
            new ApiKey("sk-secret"),
            Duration.ofMillis(500),
            answerTimeout,
            2,
            GatewaySettings.DEFAULT_QUERY_PATH,
            fallback),
        Played.CLOCK);
  }
}
