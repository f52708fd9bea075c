package io.reelbatch.gateway;

import static io.reelbatch.gateway.ScriptedServer.drip;
import static io.reelbatch.gateway.ScriptedServer.endless;
import static io.reelbatch.gateway.ScriptedServer.half;
import static io.reelbatch.gateway.ScriptedServer.hangUp;
import static io.reelbatch.gateway.ScriptedServer.html;
import static io.reelbatch.gateway.ScriptedServer.json;
import static io.reelbatch.gateway.ScriptedServer.jsonThenClose;
import static io.reelbatch.gateway.ScriptedServer.reset;
import static io.reelbatch.gateway.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(60)
class VideoGatewaySendTest {

  private static final String KEY = "sk-secret/0123";
  private static final Order ORDER =
      new Order(
          Operation.CREATE,
          "sora-2-pro",
          "红色 kite",
          Map.of("duration", JsonNodeFactory.instance.numberNode(15)));
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  static Stream<Arguments> faults() {
    String taken = "{\"id\":\"t\"}";
    String elsewhere = "Location: /v1/video/create";
    return Stream.of(
        Arguments.of("429", json(429, "{}", "Retry-After: 0"), "deferred 0s: http_429"),
        Arguments.of("503", json(503, "{}"), "in doubt: http_503"),
        Arguments.of("503, wait", json(503, "{}", "Retry-After: 0"), "deferred 0s: http_503"),
        Arguments.of("301", json(301, "{}", elsewhere), "halt ROUTE: redirected"),
        Arguments.of("302", json(302, "{}", elsewhere), "halt ROUTE: redirected"),
        Arguments.of("307", json(307, "{}", elsewhere), "halt ROUTE: redirected"),
        Arguments.of("308", json(308, "{}", elsewhere), "halt ROUTE: redirected"),
        Arguments.of(
            "401 that asks for another way",
            json(401, "{}", "WWW-Authenticate: Basic realm=\"x\""),
            "halt KEY: http_401"),
        Arguments.of(
            "407 that asks for another way",
            json(407, "{}", "Proxy-Authenticate: Basic realm=\"x\""),
            "halt ROUTE: http_407"),
        Arguments.of("500", json(500, "{}"), "in doubt: http_500"),
        Arguments.of("page of a proxy", html(502, "<html>"), "in doubt: http_502"),
        Arguments.of("hang-up", hangUp(), "in doubt: connection_lost"),
        Arguments.of("reset", reset(), "in doubt: connection_lost"),
        Arguments.of("half an answer", half(200, taken, 5), "in doubt: answer_cut"),
        Arguments.of("only a head", half(200, taken, 0), "in doubt: answer_cut"),
        Arguments.of(
            "too long an answer", json(200, " ".repeat(1_000_001)), "in doubt: answer_too_long"),
        Arguments.of(
            "a body that is not compressed as said",
            json(200, taken, "Content-Encoding: gzip"),
            "in doubt: answer_cut"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whateverTheGatewayDoesExactlyOneRequestLeaves(
      String name, ScriptedServer.Reply fault, String outcome) throws Exception {
    try (ScriptedServer server = new ScriptedServer(fault);
        VideoGateway gateway = gateway(server.url(), LONG)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).as(name).isEqualTo(outcome);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerThatDoesNotComeInTimeIsInDoubtHoweverItIsDelayed(boolean dripping) throws Exception {
    try (ScriptedServer server = new ScriptedServer(dripping ? drip(20) : silence());
        VideoGateway gateway = gateway(server.url(), SHORT)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).isEqualTo("in doubt: answer_timeout");
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** A socket's buffers hold some megabytes; what is beyond them was read, and kept. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "an endless body|HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n{\"a\":\"|x",
        "a body of 100 MB|HTTP/1.1 200 OK\\r\\nContent-Length: 100000000\\r\\n\\r\\n{\"a\":\"|x",
        "an endless header|HTTP/1.1 200 OK\\r\\nX-Long: |x",
        "endless headers|HTTP/1.1 200 OK\\r\\n|X-More: y\\r\\n",
        "an endless chunk|HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|1;",
      })
  void anAnswerWithoutEndIsInDoubtAndFillsNoMemory(String name, String beginning, String text)
      throws Exception {
    AtomicLong sent = new AtomicLong();
    try (ScriptedServer server =
            new ScriptedServer(
                endless(beginning.translateEscapes(), text.translateEscapes(), sent));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      SendOutcome outcome = gateway.send(ORDER, null);

      assertThat(outcome).as(name).isInstanceOf(SendOutcome.InDoubt.class);
      assertThat(sent.get()).as(name).isLessThan(20_000_000);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anAnswerAsLongAsTheLimitIsRead() throws Exception {
    String answer = "{\"id\":\"t\"}" + " ".repeat(Transport.MOST_BYTES - 10);
    try (ScriptedServer server = new ScriptedServer(json(200, answer));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).isEqualTo("accepted t");
    }
  }

  @Test
  void anAnswerCutShortKeepsItsStatusItsRequestIdAndWhatCame() throws Exception {
    try (ScriptedServer server = new ScriptedServer(half(200, "{\"id\":\"t\"}", 5));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      SendOutcome outcome = gateway.send(ORDER, null);

      assertThat(outcome.evidence().httpStatus()).isEqualTo(200);
      assertThat(outcome.evidence().raw()).isEqualTo("{\"id\"");
    }
  }

  @Test
  void aConnectionThatTheGatewayClosedMeanwhileDoesNotPutTheNextSendInDoubt() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                Stream.generate(() -> jsonThenClose(200, "{\"id\":\"t\"}"))
                    .limit(20)
                    .toArray(ScriptedServer.Reply[]::new));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      for (int i = 0; i < 20; i++) {
        assertThat(Played.brief(gateway.send(ORDER, null))).isEqualTo("accepted t");
        server.awaitHangUp();
      }

      assertThat(server.requests()).hasSize(20);
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(json(200, "{\"id\":\"a\"}"), json(429, ""), json(200, "{}"));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      gateway.send(ORDER, null);
      gateway.send(ORDER, null);
      gateway.send(ORDER, null);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionRefusedIsNotSent() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (VideoGateway gateway = gateway(URI.create("http://127.0.0.1:" + port), LONG)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).isEqualTo("not sent: connect_failed");
    }
  }

  @Test
  void aHostThatNobodyKnowsIsNotSent() {
    try (VideoGateway gateway = gateway(URI.create("http://gateway.invalid"), LONG)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).isEqualTo("not sent: host_unknown");
    }
  }

  @Test
  void aGatewayThatSpeaksNoTlsIsNotSent() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        VideoGateway gateway =
            gateway(URI.create("https://127.0.0.1:" + server.url().getPort()), LONG, SHORT, 1)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).startsWith("not sent: ");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aSecureConnectionThatTakesTooLongIsNotSent() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        VideoGateway gateway =
            gateway(URI.create("https://127.0.0.1:" + mute.getLocalPort()), LONG, SHORT, 1)) {
      assertThat(Played.brief(gateway.send(ORDER, null))).startsWith("not sent: ");
    }
  }

  @Test
  void aSendThatFindsNoFreeConnectionIsNotSent() throws Exception {
    try (ScriptedServer server = new ScriptedServer(silence())) {
      VideoGateway gateway = gateway(server.url(), LONG, SHORT, 1);
      CompletableFuture<SendOutcome> first =
          CompletableFuture.supplyAsync(() -> gateway.send(ORDER, null));
      server.awaitRequest();

      SendOutcome second = gateway.send(ORDER, null);
      gateway.close();

      assertThat(Played.brief(second)).isEqualTo("not sent: connection_pool_timeout");
      assertThat(Played.brief(first.get(30, TimeUnit.SECONDS)))
          .isEqualTo("in doubt: connection_lost");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aGatewayThatIsClosedSendsNothing() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      VideoGateway gateway = gateway(server.url(), LONG);
      gateway.close();

      assertThat(Played.brief(gateway.send(ORDER, null))).isEqualTo("not sent: not_sent");
      assertThat(Played.brief(gateway.query(new TaskId("t"), Endpoint.UNIFIED)))
          .startsWith("trouble: ");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void anInterruptedSendSaysWhatItKnowsAndKeepsTheInterruption() throws Exception {
    try (ScriptedServer server = new ScriptedServer(json(200, "{\"id\":\"t\"}"));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      Thread.currentThread().interrupt();

      SendOutcome outcome = gateway.send(ORDER, null);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(Played.brief(outcome))
          .isEqualTo(server.requests().isEmpty() ? "not sent: not_sent" : "accepted t");
    }
  }

  @Test
  void aRequestIsWhatThePageAsksFor() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(json(200, Fixture.text("create-002-answer.json")));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      assertThat(Played.brief(gateway.send(ORDER, null)))
          .isEqualTo("accepted sora-2:task_01k9009g8ef1esae6388chgcpx");

      ScriptedServer.Request request = server.requests().get(0);
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v1/video/create");
      assertThat(request.headers())
          .containsEntry("authorization", "Bearer " + KEY)
          .containsEntry("content-type", "application/json")
          .containsEntry("accept", "application/json")
          .containsEntry("user-agent", "reelbatch")
          .containsKey("content-length")
          .doesNotContainKeys("transfer-encoding", "expect", "upgrade", "cookie");
      assertThat(Json.parse(request.body()))
          .isEqualTo(
              Json.parse("{\"model\":\"sora-2-pro\",\"prompt\":\"红色 kite\",\"duration\":15}"));
    }
  }

  @Test
  void aCookieIsNotKept() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                json(200, "{\"id\":\"a\"}", "Set-Cookie: a=b; Path=/"), json(200, "{}"));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      gateway.send(ORDER, null);
      gateway.send(ORDER, null);

      assertThat(server.requests().get(1).headers()).doesNotContainKey("cookie");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sora-2:task_01", "a/b/../c", "a%2Fb", "a?b=c&d#e", "a b+c", "红;,@=$!'()*"})
  void theGatewaySeesTheIdThatItGave(String id) throws Exception {
    Order remix = new Order(Operation.REMIX, null, "p", Map.of());
    try (ScriptedServer server = new ScriptedServer(json(200, "{\"id\":\"t\"}"));
        VideoGateway gateway = gateway(URI.create(server.url() + "/prefix/"), LONG)) {
      gateway.send(remix, new TaskId(id));

      String target = server.targets().get(0);
      assertThat(target).startsWith("/prefix/v1/videos/").endsWith("/remix");
      String segment =
          target.substring("/prefix/v1/videos/".length(), target.length() - "/remix".length());
      assertThat(segment).doesNotContain("/", "?", "#", " ");
      assertThat(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
          .isEqualTo(id);
    }
  }

  @Test
  void theKeyComesBackInNothingThatIsKept() throws Exception {
    String echo =
        "{\"error\":{\"message\":\"wrong key sk-secret\\/0123 (request id: "
            + KEY
            + ")\","
            + "\"message_zh\":\"密钥 "
            + KEY
            + "\",\"code\":\""
            + KEY
            + "\"}}";
    try (ScriptedServer server =
            new ScriptedServer(
                json(401, echo, "X-Oneapi-Request-Id: " + KEY),
                json(200, "{\"status\":\"" + KEY + "\"}"),
                json(302, "", "Location: https://" + KEY + ".example/"));
        VideoGateway gateway = gateway(server.url(), LONG)) {
      SendOutcome refused = gateway.send(ORDER, null);
      String asked = gateway.query(new TaskId("t"), Endpoint.UNIFIED).toString();
      SendOutcome redirected = gateway.send(ORDER, null);

      assertThat(refused.toString() + asked + redirected)
          .contains("***")
          .doesNotContain("0123")
          .doesNotContain("sk-secret/")
          .doesNotContain("sk-secret\\/");
    }
  }

  @Test
  void aSourceThatDoesNotFitTheOperationIsOurOwnMistake() {
    try (VideoGateway gateway = gateway(URI.create("http://127.0.0.1:1"), LONG)) {
      assertThatThrownBy(() -> gateway.send(ORDER, new TaskId("t")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> gateway.send(new Order(Operation.EXTEND, "m", "p", Map.of()), null))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aRequestWhoseTimeWasOverBeforeItLeftDoesNotLeave() throws IOException {
    try (Watchdog watchdog = new Watchdog()) {
      CompletableFuture<String> bitten = new CompletableFuture<>();
      try (Watchdog.Watch watch =
          watchdog.watch(Duration.ofMillis(1), () -> bitten.complete("bitten"))) {
        bitten.join();

        assertThat(watch.hasBitten()).isTrue();
        assertThatThrownBy(() -> watch.restart(LONG)).hasMessageContaining("before it left");
      }
    }
  }

  private static VideoGateway gateway(URI url, Duration answerTimeout) {
    return gateway(url, answerTimeout, Duration.ofSeconds(5), 4);
  }

  private static VideoGateway gateway(
      URI url, Duration answerTimeout, Duration connectTimeout, int connections) {
    return new VideoGateway(
        new GatewaySettings(
            url,
            new ApiKey(KEY),
            connectTimeout,
            answerTimeout,
            connections,
            GatewaySettings.DEFAULT_QUERY_PATH,
            GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH),
        Played.CLOCK);
  }
}
