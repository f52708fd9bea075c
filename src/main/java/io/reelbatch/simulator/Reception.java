package io.reelbatch.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads requests and sends answers, or the part of them that is to arrive. Thread-safe. */
final class Reception implements HttpHandler {

  private final Endpoints endpoints;
  private final Clock clock;
  private final Duration latency;
  private final AtomicLong arrived;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Witness witness;

  Reception(Endpoints endpoints, SimulatorSettings settings, long lastNumber) {
    this.endpoints = endpoints;
    this.clock = settings.clock();
    this.latency = settings.latency();
    this.arrived = new AtomicLong(lastNumber);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = read(exchange);
      boolean paid = Route.of(request.method(), request.path()).isPaid();
      tell(paid ? Moment.SEND_ARRIVED : Moment.QUERY_ARRIVED);
      Reply reply = endpoints.answer(request);
      if (paid) {
        tell(Moment.SEND_DECIDED);
      }
      if (pause(reply.silence().plus(latency))) {
        send(exchange, reply, request.id(), paid && witness != null);
      }
    }
  }

  void watchedBy(Witness one) {
    witness = one;
  }

  private void tell(Moment moment) {
    Witness one = witness;
    if (one != null) {
      one.sees(moment);
    }
  }

  /** Lets go of the requests that wait in silence; they get no answer. */
  void close() {
    closing.countDown();
  }

  private Request read(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery();
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return new Request(
        arrived.incrementAndGet(),
        clock.instant(),
        exchange.getRequestMethod(),
        uri.getRawPath(),
        query == null ? "" : query,
        headers,
        body);
  }

  /** Waits in real time; false if the simulator closes before that is over. */
  private boolean pause(Duration duration) {
    if (duration.isZero()) {
      return true;
    }
    try {
      return !closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void hold() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, Reply reply, String requestId, boolean watched)
      throws IOException {
    // Closing an exchange that has sent nothing closes its connection: that is the hang-up.
    if (!reply.delivery().head()) {
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("X-Oneapi-Request-Id", requestId);
    reply.headers().forEach(headers::set);
    byte[] body = new byte[reply.body().remaining()];
    reply.body().duplicate().get(body);
    // The JDK refuses to write a body in answer to HEAD.
    boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      int all = reply.delivery().sent().applyAsInt(body.length);
      // In one piece where nobody looks: the second of two small ones waits 40 ms for the network.
      int first = watched ? Math.min(all, body.length / 2) : all;
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, first);
      out.flush();
      if (watched) {
        tell(Moment.SEND_HALF_ANSWERED);
      }
      if (reply.delivery().held()) {
        hold();
      }
      if (first < all) {
        out.write(body, first, all - first);
        out.flush();
      }
    }
    if (watched) {
      tell(Moment.SEND_ANSWERED);
    }
  }
}
