package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A gateway down to its sockets: notes each request that arrives and plays the next scripted reply.
 */
final class ScriptedServer implements AutoCloseable {

  /**
   * A request as it came over the wire.
   *
   * @param headers by lower-case name
   */
  record Request(String method, String target, Map<String, String> headers, String body) {}

  /** What happens after a request was read; true keeps the connection. */
  interface Reply {
    boolean play(Socket socket, CountDownLatch closing) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Queue<Reply> script = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore hungUp = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);

  ScriptedServer(Reply... replies) {
    script.addAll(List.of(replies));
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** The next requests meet these, after those that were given before. */
  void script(Reply... replies) {
    synchronized (script) {
      script.addAll(List.of(replies));
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  List<String> targets() {
    return requests.stream().map(Request::target).toList();
  }

  /** How many connections were opened to it. */
  int connections() {
    return sockets.size();
  }

  /** Waits for one further request to have arrived. */
  void awaitRequest() throws InterruptedException {
    assertThat(arrived.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Waits for one further connection to have been closed by the server. */
  void awaitHangUp() throws InterruptedException {
    assertThat(hungUp.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  static Reply json(int status, String body, String... headers) {
    return (socket, closing) -> {
      socket.getOutputStream().write(bytes(status, "application/json", body, headers));
      return true;
    };
  }

  static Reply html(int status, String body) {
    return (socket, closing) -> {
      socket.getOutputStream().write(bytes(status, "text/html", body));
      return true;
    };
  }

  static Reply served(int status, String type, String body, String... headers) {
    return (socket, closing) -> {
      socket.getOutputStream().write(bytes(status, type, body, headers));
      return true;
    };
  }

  /** Answers, promises to keep the connection, and closes it. */
  static Reply jsonThenClose(int status, String body) {
    return (socket, closing) -> {
      socket.getOutputStream().write(bytes(status, "application/json", body));
      return false;
    };
  }

  static Reply hangUp() {
    return (socket, closing) -> false;
  }

  static Reply reset() {
    return (socket, closing) -> {
      socket.setSoLinger(true, 0);
      return false;
    };
  }

  static Reply silence() {
    return (socket, closing) -> {
      closing.await();
      return false;
    };
  }

  /** Promises a whole answer, sends its first bytes, and closes. */
  static Reply half(int status, String body, int sent) {
    return (socket, closing) -> {
      String answer = new String(bytes(status, "application/json", body), StandardCharsets.UTF_8);
      int head = answer.indexOf("\r\n\r\n") + 4;
      socket
          .getOutputStream()
          .write(answer.substring(0, head + sent).getBytes(StandardCharsets.UTF_8));
      return false;
    };
  }

  /** Sends the answer byte by byte, one every {@code millis}, for ever. */
  static Reply drip(int millis) {
    return (socket, closing) -> {
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      while (!closing.await(millis, TimeUnit.MILLISECONDS)) {
        socket.getOutputStream().write(' ');
        socket.getOutputStream().flush();
      }
      return false;
    };
  }

  /** Sends the beginning, then the same text for ever, as fast as it is read. */
  static Reply endless(String beginning, String text, AtomicLong sent) {
    return (socket, closing) -> {
      byte[] much = text.repeat(65_536 / text.length()).getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
      while (closing.getCount() > 0) {
        socket.getOutputStream().write(much);
        sent.addAndGet(much.length);
      }
      return false;
    };
  }

  private static byte[] bytes(int status, String type, String body, String... headers) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    head.append("Content-Type: ").append(type).append("\r\n");
    head.append("Content-Length: ").append(content.length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    answer.writeBytes(content);
    return answer.toByteArray();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        requests.add(read(in));
        arrived.release();
        if (!next().play(socket, closing)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The other side went away.
    } finally {
      hungUp.release();
    }
  }

  private Reply next() {
    synchronized (script) {
      Reply reply = script.poll();
      return reply == null ? json(599, "{\"code\":\"nothing_scripted\"}") : reply;
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("that is no HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("no more requests");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
