package io.reelbatch.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** The world of a test: a simulator, a clock moved by hand, and a client that talks to it. */
final class Provider implements AutoCloseable {

  static final Duration TASK_TIME = Duration.ofSeconds(100);

  final HandClock clock;
  final SimulatorSettings settings;
  final Simulator simulator;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Provider() {
    this(
        SimulatorSettings.defaults().withTaskTime(TASK_TIME).withTaskTimeSpread(0),
        new HandClock());
  }

  Provider(SimulatorSettings settings, HandClock clock) {
    this.clock = clock;
    this.settings = settings.withClock(clock);
    this.simulator = Simulator.start(this.settings);
  }

  /** Every task takes exactly {@link #TASK_TIME}. */
  static SimulatorSettings steady(HandClock clock) {
    return SimulatorSettings.defaults()
        .withTaskTime(TASK_TIME)
        .withTaskTimeSpread(0)
        .withClock(clock);
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> create(String model, String prompt) {
    return post("/v1/video/create", order(model, prompt));
  }

  /** Creates and gives the id that was answered. */
  String created(String model, String prompt) {
    return json(create(model, prompt)).path("id").stringValue();
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  JsonNode status(String id) {
    return json(get("/v1/videos/" + id));
  }

  void end() {
    clock.pass(TASK_TIME);
  }

  LoggedRequest lastSend() {
    var sends = simulator.sends();
    return sends.get(sends.size() - 1);
  }

  static String order(String model, String prompt) {
    return Json.object().put("model", model).put("prompt", prompt).toString();
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.MAPPER.readTree(response.body());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
        .header("Authorization", "Bearer " + settings.apiKey())
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AnswerLost(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  byte[] bytes(URI link) {
    try {
      return client
          .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    simulator.close();
  }

  /** The connection ended before the answer was whole. */
  static final class AnswerLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnswerLost(IOException cause) {
      super(cause);
    }
  }
}
