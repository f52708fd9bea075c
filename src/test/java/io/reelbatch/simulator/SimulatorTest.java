package io.reelbatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatorTest {

  @Test
  void aTakenPortIsNamed() {
    try (var first = new Provider()) {
      int port = first.simulator.baseUrl().getPort();

      assertThatThrownBy(() -> Simulator.start(SimulatorSettings.defaults().withPort(port)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + port + " on 127.0.0.1 is taken");
    }
  }

  @Test
  void aClosedSimulatorFreesItsPort() {
    int port;
    try (var first = new Provider()) {
      port = first.simulator.baseUrl().getPort();
      first.created("sora-2", "a");
    }

    try (var second = Simulator.start(SimulatorSettings.defaults().withPort(port))) {
      assertThat(second.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:" + port));
    }
  }

  @Test
  void theLogHidesTheKeyAndKeepsTheOrderOfArrival() {
    try (var provider = new Provider()) {
      String id = provider.created("sora-2", "a cat");
      provider.get("/v1/videos/" + id + "?x=1");
      provider.create("sora-2", "a dog");

      var log = provider.simulator.log();

      assertThat(log).extracting(LoggedRequest::number).containsExactly(1L, 2L, 3L);
      assertThat(log.get(0).headers())
          .containsEntry("authorization", "Bearer ***")
          .containsEntry("content-type", "application/json");
      assertThat(log.get(0).body()).isEqualTo(Provider.order("sora-2", "a cat"));
      assertThat(log.get(0).at()).isEqualTo(provider.clock.instant());
      assertThat(log.get(0).note()).isEqualTo("accepted");
      assertThat(log.get(1).path()).isEqualTo("/v1/videos/" + id + "?x=1");
      assertThat(log.get(1).task()).isNull();
      assertThat(log.toString()).doesNotContain("sk-simulator");
      assertThat(provider.simulator.sends()).containsExactly(log.get(0), log.get(2));
    }
  }

  @Test
  void sixtyFourClientsAtOnceGetOneTaskPerAcceptedSendUnderTrouble() throws Exception {
    var clock = new HandClock();
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var clients = Executors.newFixedThreadPool(64);
    try (var provider = new Provider(Provider.steady(clock).withTroubleShare(0.2), clock)) {
      Callable<Integer> send =
          () -> {
            var order = HttpRequest.BodyPublishers.ofString(Provider.order("sora-2", "a"));
            var request = provider.request("/v1/video/create").POST(order).build();
            try {
              return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            } catch (IOException e) {
              return 0;
            }
          };

      int accepted = 0;
      for (var answer : clients.invokeAll(IntStream.range(0, 1_000).mapToObj(i -> send).toList())) {
        accepted += answer.get() == 200 ? 1 : 0;
      }

      var tasks = provider.simulator.tasks();
      var sends = provider.simulator.sends();
      assertThat(sends).hasSize(1_000);
      assertThat(sends.stream().filter(sent -> sent.task() != null))
          .extracting(LoggedRequest::task)
          .containsExactlyInAnyOrderElementsOf(tasks);
      assertThat(new HashSet<>(tasks)).hasSameSizeAs(tasks);
      assertThat(sends.stream().filter(sent -> sent.status() == 200)).hasSize(accepted);
      assertThat(accepted).isBetween(740, 860).isLessThan(tasks.size());
    } finally {
      clients.shutdown();
    }
  }

  @Test
  void anAnswerDoesNotWaitForADelayedAcknowledgement() {
    try (var provider = new Provider()) {
      String id = provider.created("sora-2", "a");
      IntStream.range(0, 20).forEach(i -> provider.status(id));

      long[] nanos = new long[50];
      for (int i = 0; i < nanos.length; i++) {
        long before = System.nanoTime();
        provider.status(id);
        nanos[i] = System.nanoTime() - before;
      }

      // With Nagle's algorithm on, each takes 40 ms. A quick fifth is enough: the machine may be
      // busy with something else.
      Arrays.sort(nanos);
      assertThat(Duration.ofNanos(nanos[10])).isLessThan(Duration.ofMillis(30));
    }
  }

  @Test
  void settingsOutOfBoundsAreNamed() {
    assertThatThrownBy(() -> SimulatorSettings.defaults().withFailShare(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("failShare must be 0 to 1, but is 1.5");
  }
}
