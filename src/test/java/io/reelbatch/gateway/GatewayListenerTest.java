package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who hears of requests hears of each, and changes nothing about it. */
class GatewayListenerTest {

  private static final Order ORDER =
      new Order(Operation.CREATE, "sora-2", "a kite", Map.of(), Endpoint.UNIFIED);

  private final List<String> events = new ArrayList<>();

  private VideoGateway gateway(GatewayListener listener) {
    Wire wire =
        new Wire() {
          @Override
          public Exchange post(URI address, byte[] json) {
            events.add("post");
            return new Exchange.Answered(200, null, null, "r", "{\"id\":\"task_1\"}");
          }

          @Override
          public Exchange get(URI address) {
            events.add("get");
            return new Exchange.Answered(
                200, null, null, "r", "{\"id\":\"task_1\",\"status\":\"queued\"}");
          }

          @Override
          public void close() {}
        };
    GatewaySettings settings =
        new GatewaySettings(
            URI.create("http://gateway.test"),
            new ApiKey("sk-test"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            GatewaySettings.DEFAULT_QUERY_PATH,
            GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH);
    return new VideoGateway(settings, () -> Instant.EPOCH, wire, listener);
  }

  @Test
  void itHearsOfEachRequestBeforeItLeavesAndHowItEnded() {
    VideoGateway gateway =
        gateway(
            new GatewayListener() {
              @Override
              public Consumer<SendOutcome> sending(Order order) {
                events.add("sending " + order.model());
                return outcome -> events.add(outcome.getClass().getSimpleName());
              }

              @Override
              public Consumer<TaskAnswer> asking() {
                events.add("asking");
                return answer -> events.add(answer.getClass().getSimpleName());
              }
            });

    gateway.send(ORDER, null);
    gateway.query(new TaskId("task_1"), Endpoint.UNIFIED);

    assertThat(events)
        .containsExactly("sending sora-2", "post", "Accepted", "asking", "get", "Working");
  }

  @Test
  void whatItThrowsNeitherKeepsAnOrderNorTakesThePaidIdAway() {
    VideoGateway before =
        gateway(
            new GatewayListener() {
              @Override
              public Consumer<SendOutcome> sending(Order order) {
                throw new IllegalStateException("a listener");
              }

              @Override
              public Consumer<TaskAnswer> asking() {
                throw new IllegalStateException("a listener");
              }
            });
    VideoGateway after =
        gateway(
            new GatewayListener() {
              @Override
              public Consumer<SendOutcome> sending(Order order) {
                return outcome -> {
                  throw new IllegalStateException("a listener");
                };
              }

              @Override
              public Consumer<TaskAnswer> asking() {
                return answer -> {
                  throw new IllegalStateException("a listener");
                };
              }
            });

    for (VideoGateway gateway : List.of(before, after)) {
      assertThat(gateway.send(ORDER, null)).isInstanceOf(SendOutcome.Accepted.class);
      assertThat(gateway.query(new TaskId("task_1"), Endpoint.UNIFIED))
          .isInstanceOf(TaskAnswer.Working.class);
    }
  }
}
