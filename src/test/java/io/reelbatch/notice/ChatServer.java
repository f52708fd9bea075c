package io.reelbatch.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chat, as a robot's webhook sees it: keeps what arrives and gives the answers of a script. */
public final class ChatServer implements AutoCloseable {

  /** A message as it came. */
  public record Message(String method, URI target, List<String> authorization, JsonNode body) {}

  /** What it does with a message. */
  interface Answer {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final Queue<Answer> script = new ArrayDeque<>();
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Answer usual;

  /** Gives this answer, with status 200, to everything the script says nothing about. */
  public ChatServer(String usual) {
    this.usual = says(200, usual);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      messages.add(
          new Message(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
              JsonMapper.shared().readTree(body)));
      next().give(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer next() {
    Answer scripted = script.poll();
    return scripted == null ? usual : scripted;
  }

  /** Answers the next message like this. */
  public synchronized ChatServer then(int status, String body) {
    script.add(says(status, body));
    return this;
  }

  synchronized ChatServer then(Answer answer) {
    script.add(answer);
    return this;
  }

  private static Answer says(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    };
  }

  /** Never answers anything from now on. */
  public void hang() {
    usual = exchange -> closing.await();
  }

  static Answer redirects(URI elsewhere) {
    return exchange -> {
      exchange.getResponseHeaders().add("Location", elsewhere.toString());
      exchange.sendResponseHeaders(307, -1);
    };
  }

  /** Where it listens, with that behind it. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** All that came, in order. */
  public List<Message> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
