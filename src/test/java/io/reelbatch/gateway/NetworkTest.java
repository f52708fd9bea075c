package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.net.Authority;
import io.reelbatch.net.Middleman;
import io.reelbatch.net.Network;
import io.reelbatch.net.Proxy;
import io.reelbatch.net.Roots;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private authorities and proxies: whatever fails on the way to the gateway was not sent. */
class NetworkTest {

  private static final String KEY = "sk-Canary-0123456789";
  private static final String HOST = "gateway.test";

  @TempDir static Path folder;
  private static Authority authority;
  private static Authority.Server local;
  private static Authority.Server far;
  private Roots roots;

  @BeforeAll
  static void open() throws Exception {
    authority = Authority.in(folder);
    local = authority.server("localhost", "{\"id\":\"sora-2:task_1\"}");
    far = authority.server(HOST, "{\"id\":\"sora-2:task_2\"}");
  }

  @AfterAll
  static void close() {
    local.close();
    far.close();
  }

  @BeforeEach
  void begin() throws IOException {
    roots = Roots.of(authority.pem());
    local.requests().clear();
    far.requests().clear();
  }

  @Test
  void whomThePrivateAuthorityVouchesForIsTrusted() {
    assertThat(Played.brief(send("localhost", local, new Network(null, roots))))
        .isEqualTo("accepted sora-2:task_1");
  }

  @Test
  void anAuthorityThatNobodyKnowsIsNotSentAndSaysWhatToDo() {
    SendOutcome outcome = send("localhost", local, Network.DIRECT);

    assertThat(Played.brief(outcome)).isEqualTo("not sent: tls_failed");
    assertThat(((SendOutcome.NotSent) outcome).reason().message())
        .contains("reelbatch.gateway.ca-file", "somebody may be listening");
    assertThat(local.requests()).isEmpty();
  }

  @Test
  void aCertificateForAnotherHostIsNotSent() {
    SendOutcome outcome = send("localhost", far, new Network(null, roots));

    assertThat(Played.brief(outcome)).isEqualTo("not sent: tls_failed");
    assertThat(far.requests()).isEmpty();
  }

  @Test
  void aProxyIsToldWhoWeAreAndCanReadNothing() throws IOException {
    try (Middleman proxy = Middleman.open()) {
      SendOutcome outcome = send(HOST, far, by(proxy.port(), List.of()));

      assertThat(Played.brief(outcome)).isEqualTo("accepted sora-2:task_2");
      assertThat(far.requests()).hasSize(1);
      String who = Base64.getEncoder().encodeToString("me:canary".getBytes(StandardCharsets.UTF_8));
      assertThat(proxy.heads()).hasSize(1);
      assertThat(proxy.heads().get(0))
          .startsWith("CONNECT gateway.test:" + far.port() + " HTTP/1.1\r\n")
          .contains("Proxy-Authorization: Basic " + who)
          .doesNotContain(KEY);
      assertThat(proxy.seen()).isNotEmpty().doesNotContain(KEY);
    }
  }

  @Test
  void aProxyThatLetsNothingThroughIsNotSent() throws IOException {
    for (String status : List.of("407 Proxy Authentication Required", "403 Forbidden")) {
      try (Middleman proxy = Middleman.refusing(status)) {
        SendOutcome outcome = send(HOST, far, by(proxy.port(), List.of()));

        assertThat(Played.brief(outcome)).isEqualTo("not sent: proxy_refused");
        assertThat(((SendOutcome.NotSent) outcome).reason().message())
            .contains(status.substring(0, 3), "reelbatch.gateway.proxy")
            .doesNotContain("canary");
        assertThat(proxy.heads()).hasSize(1);
      }
    }
    assertThat(far.requests()).isEmpty();
  }

  @Test
  void aProxyThatIsNotThereIsNotSent() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }

    assertThat(Played.brief(send(HOST, far, by(nobody, List.of()))))
        .isEqualTo("not sent: connect_failed");
  }

  @Test
  void thisMachineAndNamedHostsAreReachedAroundTheProxy() throws IOException {
    try (Middleman proxy = Middleman.open()) {
      assertThat(Played.brief(send("localhost", local, by(proxy.port(), List.of()))))
          .isEqualTo("accepted sora-2:task_1");
      assertThat(Played.brief(send(HOST, far, by(proxy.port(), List.of(HOST)))))
          .isEqualTo("not sent: host_unknown");
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @Test
  void aVideoIsFetchedByTheProxyAndAPrivateAddressIsStillRefused() throws Exception {
    try (Middleman proxy = Middleman.open();
        VideoSource videos =
            new VideoSource(
                settings(HOST, far, by(proxy.port(), List.of())),
                new FetchSettings(Duration.ofSeconds(5), 2, FetchSettings.Reach.PUBLIC),
                Played.CLOCK)) {
      VideoAnswer there =
          videos.open(URI.create("https://" + HOST + ":" + far.port() + "/v.mp4"), Resume.NOTHING);
      VideoAnswer hostile = videos.open(URI.create("https://10.0.0.1/v.mp4"), Resume.NOTHING);

      assertThat(there).isInstanceOf(VideoAnswer.Opened.class);
      ((VideoAnswer.Opened) there).stream().close();
      assertThat(hostile)
          .isInstanceOfSatisfying(
              VideoAnswer.Gone.class,
              gone -> assertThat(gone.reason().code()).isEqualTo("link_refused"));
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  private Network by(int port, List<String> around) {
    return new Network(new Proxy("127.0.0.1", port, "me", "canary", around), roots);
  }

  private static SendOutcome send(String host, Authority.Server server, Network network) {
    try (VideoGateway gateway = new VideoGateway(settings(host, server, network), Played.CLOCK)) {
      return gateway.send(new Order(Operation.CREATE, "sora-2", "a kite", Map.of()), null);
    }
  }

  private static GatewaySettings settings(String host, Authority.Server server, Network network) {
    return new GatewaySettings(
        URI.create("https://" + host + ":" + server.port()),
        new ApiKey(KEY),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        4,
        GatewaySettings.DEFAULT_QUERY_PATH,
        GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH,
        network);
  }
}
