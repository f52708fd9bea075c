package io.reelbatch.job;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway that takes only the bodies it was told of, field by field and type by type. */
final class StrictGateway implements AutoCloseable {

  private final Map<String, JsonNode> allowed;
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final AtomicInteger tasks = new AtomicInteger();
  private final HttpServer server;

  /**
   * Starts it.
   *
   * @param allowed bodies by names that begin with their operation
   */
  StrictGateway(Map<String, JsonNode> allowed) {
    this.allowed = allowed;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The names of the bodies that were taken, in order. */
  List<String> taken() {
    return List.copyOf(taken);
  }

  List<String> refused() {
    return List.copyOf(refused);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("GET")) {
      reply(exchange, 200, "{\"status\":\"completed\",\"video_url\":\"https://v.example/1.mp4\"}");
      return;
    }
    JsonNode sent = JsonMapper.shared().readTree(body);
    for (Map.Entry<String, JsonNode> known : allowed.entrySet()) {
      if (path.equals(pathOf(known.getKey())) && known.getValue().equals(sent)) {
        taken.add(known.getKey());
        reply(
            exchange,
            200,
            "{\"id\":\"task_" + tasks.incrementAndGet() + "\",\"status\":\"pending\"}");
        return;
      }
    }
    refused.add(path + " " + body);
    reply(
        exchange,
        400,
        "{\"error\":{\"message\":\"not as documented\",\"message_zh\":\"\",\"code\":\"invalid_request\"}}");
  }

  private static String pathOf(String name) {
    if (name.startsWith("extend")) {
      return "/v1/video/extend";
    }
    return name.startsWith("remix")
        ? "/v1/videos/video_099c5197-abfd-4e16-88ff-1e162f2a5c77/remix"
        : "/v1/video/create";
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
