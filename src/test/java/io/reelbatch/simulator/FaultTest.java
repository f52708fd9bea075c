package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {

  private final Provider provider = new Provider();
  private final Simulator simulator = provider.simulator;

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void faultsMeetTheNextSendsInOrderAndThenAllIsAsBefore() {
    simulator.nextSends(
        Fault.answer(429, Map.of("Retry-After", "7"), ""), Fault.answer(502, "<html>bad</html>"));

    var first = provider.create("sora-2", "a");
    var second = provider.create("sora-2", "a");
    var third = provider.create("sora-2", "a");

    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(first.body()).isEmpty();
    assertThat(second.statusCode()).isEqualTo(502);
    assertThat(second.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(third.statusCode()).isEqualTo(200);
    assertThat(simulator.tasks()).hasSize(1);
    assertThat(simulator.sends()).extracting(LoggedRequest::status).containsExactly(429, 502, 200);
    assertThat(provider.simulator.sends().get(1).note()).isEqualTo("fault: answer 502");
  }

  @Test
  void aStandingFaultMeetsEverySendUntilItIsHealed() {
    simulator.everySend(Fault.answer(503, "{}")).nextSends(Fault.none());

    int spared = provider.create("sora-2", "a").statusCode();
    int second = provider.create("sora-2", "a").statusCode();
    int third = provider.create("sora-2", "a").statusCode();
    simulator.heal();

    assertThat(List.of(spared, second, third)).containsExactly(200, 503, 503);
    assertThat(provider.create("sora-2", "a").statusCode()).isEqualTo(200);
  }

  @Test
  void aHangUpMakesNothing() {
    simulator.nextSends(Fault.hangUp());

    assertThatThrownBy(() -> provider.create("sora-2", "a"))
        .isInstanceOf(Provider.AnswerLost.class);

    assertThat(simulator.tasks()).isEmpty();
    assertThat(simulator.sends()).hasSize(1);
    assertThat(provider.lastSend().status()).isZero();
    assertThat(provider.lastSend().note()).isEqualTo("fault: hang-up");
  }

  @Test
  void aHangUpAfterAcceptanceIsCharged() {
    simulator.nextSends(Fault.acceptThenHangUp());

    assertThatThrownBy(() -> provider.create("sora-2", "a"))
        .isInstanceOf(Provider.AnswerLost.class);

    assertThat(simulator.sends()).hasSize(1);
    assertThat(simulator.tasks()).containsExactly(provider.lastSend().task());
    assertThat(provider.lastSend().status()).isZero();
  }

  @Test
  void aCutAnswerIsChargedAndCannotBeReadToItsEnd() {
    simulator.nextSends(Fault.acceptThenCutAnswer());

    assertThatThrownBy(() -> provider.create("sora-2", "a"))
        .isInstanceOf(Provider.AnswerLost.class)
        .hasStackTraceContaining("fixed content-length");

    assertThat(simulator.tasks()).hasSize(1);
    assertThat(provider.lastSend().status()).isEqualTo(200);
  }

  @Test
  void silenceOutlastsTheClientAndIsCharged() {
    simulator.nextSends(Fault.acceptThenSilence(Duration.ofMinutes(10)));
    var order = HttpRequest.BodyPublishers.ofString(Provider.order("sora-2", "a"));

    assertThatThrownBy(
            () ->
                provider.send(
                    provider
                        .request("/v1/video/create")
                        .timeout(Duration.ofMillis(200))
                        .POST(order)))
        .hasCauseInstanceOf(HttpTimeoutException.class);

    assertThat(simulator.tasks()).containsExactly(provider.lastSend().task());
  }

  @Test
  void silenceEndsWithTheHonestAnswer() {
    simulator.nextSends(Fault.acceptThenSilence(Duration.ofMillis(50)));
    long before = System.nanoTime();

    String id = provider.created("sora-2", "a");

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(49));
    assertThat(simulator.tasks()).containsExactly(id);
  }

  @Test
  void aFalseAnswerHidesTheTaskThatWasMade() {
    simulator.nextSends(Fault.acceptThenAnswer(502, "<html></html>"));

    var response = provider.create("sora-2", "a");

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).isEqualTo("<html></html>");
    assertThat(provider.lastSend().status()).isEqualTo(502);
    assertThat(simulator.tasks()).containsExactly(provider.lastSend().task());
  }

  @Test
  void anOrderThatIsRefusedAnywayIsNotSpoiled() {
    simulator.everySend(Fault.acceptThenHangUp());

    var response = provider.create("sora-2", "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(simulator.tasks()).isEmpty();
  }

  @Test
  void faultsOfQueriesLeaveSendsAlone() {
    simulator.nextQueries(Fault.answer(500, "x"), Fault.acceptThenAnswer(200, "{}"));

    String id = provider.created("sora-2", "a");

    assertThat(provider.get("/v1/videos/" + id).statusCode()).isEqualTo(500);
    assertThat(provider.get("/v1/video/query?id=" + id).body()).isEqualTo("{}");
    assertThat(provider.get("/v1/videos/" + id).body()).contains("pending");
    assertThat(simulator.tasks()).containsExactly(id);
  }

  @Test
  void aStandingFaultOfQueriesHangsUp() {
    simulator.everyQuery(Fault.acceptThenHangUp());

    assertThatThrownBy(() -> provider.get("/v1/videos/x")).isInstanceOf(Provider.AnswerLost.class);

    assertThat(simulator.tasks()).isEmpty();
  }
}
