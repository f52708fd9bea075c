package io.reelbatch.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway by another hand: written from the provider's pages alone, on bare sockets, with a log
 * of its own. It shares nothing with the simulator, so it cannot share its misreadings.
 *
 * <p>Wire: POST /v1/video/create (002_2806259c75ea4eb9.txt), GET /v1/videos/{id}
 * (001_5a96a522108e9b27.txt).
 */
final class StandIn implements AutoCloseable {

  /** An order as it came. */
  record Order(int number, String prompt) {}

  /** What it does with an order, once it has read it. */
  interface Manner {
    void answer(Order order, Reply reply) throws IOException, InterruptedException;

    /** What it says of a task that it made; the id in it is not the one that was given. */
    default String task(String id) {
      return "{\"id\":\"other\",\"status\":\"completed\",\"video_url\":\"https://cdn.example/"
          + Integer.toHexString(id.hashCode())
          + ".mp4\",\"status_update_time\":1700000000000}";
    }
  }

  /**
   * A paid request that arrived.
   *
   * @param task what was made of it, or empty
   */
  record Sent(String prompt, String task) {}

  private static final long TASK_MILLIS = 400;

  private final ServerSocket listener;
  private final Manner manner;
  private final List<Sent> log = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final Map<String, Long> madeAt = new ConcurrentHashMap<>();
  private int orders;

  StandIn(Manner manner) {
    this.manner = manner;
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Every order that arrived, in order. */
  List<Sent> log() {
    return List.copyOf(log);
  }

  /** The Authorization headers that arrived. */
  List<String> keys() {
    return List.copyOf(headers);
  }

  /** One answer in the making: what is written is what leaves, byte by byte. */
  final class Reply {

    private final OutputStream out;
    private final int place;

    private Reply(OutputStream out, int place) {
      this.out = out;
      this.place = place;
    }

    /** Makes the task and charges it. */
    void make(String task) {
      madeAt.put(task, System.nanoTime());
      log.set(place, new Sent(log.get(place).prompt(), task));
    }

    void json(int status, String body, String... head) throws IOException {
      whole(status, "application/json", body, head);
    }

    void whole(int status, String type, String body, String... head) throws IOException {
      bytes(text(status, type, body, head));
    }

    /** Announces all of it and sends half. */
    void half(String body) throws IOException {
      String all = text(200, "application/json", body);
      bytes(all.substring(0, all.length() - body.length() / 2));
    }

    void bytes(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private static String text(int status, String type, String body, String... head) {
      StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
      text.append("Content-Type: ").append(type).append("\r\nConnection: close\r\n");
      text.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
      for (String line : head) {
        text.append("\r\n").append(line);
      }
      return text.append("\r\n\r\n").append(body).toString();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String[] first = line(in).split(" ", -1);
      int length = 0;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(15).strip());
        } else if (lower.startsWith("authorization:")) {
          headers.add(line.substring(14).strip());
        }
      }
      byte[] body = in.readNBytes(length);
      if (body.length == length) {
        answer(first[0], first[1], new String(body, StandardCharsets.UTF_8), socket);
      }
    } catch (IOException | InterruptedException e) {
      // The other side was killed.
    }
  }

  private void answer(String method, String target, String body, Socket socket)
      throws IOException, InterruptedException {
    if (method.equals("POST") && target.equals("/v1/video/create")) {
      String prompt = JsonMapper.shared().readTree(body).path("prompt").asString();
      Order order;
      Reply reply;
      synchronized (this) {
        order = new Order(orders++, prompt);
        log.add(new Sent(prompt, ""));
        reply = new Reply(socket.getOutputStream(), order.number());
      }
      manner.answer(order, reply);
    } else if (method.equals("GET") && target.startsWith("/v1/videos/")) {
      query(target.substring("/v1/videos/".length()), new Reply(socket.getOutputStream(), -1));
    } else {
      new Reply(socket.getOutputStream(), -1)
          .json(404, "{\"error\":{\"message\":\"Invalid URL (" + method + ")\"}}");
    }
  }

  private void query(String written, Reply reply) throws IOException {
    // One segment, decoded once: an id with a slash that came unencoded is another address.
    String id = URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
    Long since = written.contains("/") ? null : madeAt.get(id);
    if (since == null) {
      reply.json(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\",\"data\":null}");
    } else if (System.nanoTime() - since < TASK_MILLIS * 1_000_000) {
      reply.json(
          200, "{\"id\":\"other\",\"status\":\"processing\",\"video_url\":null,\"progress\":50}");
    } else {
      reply.json(200, manner.task(id));
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("no more");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "stand-in");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
