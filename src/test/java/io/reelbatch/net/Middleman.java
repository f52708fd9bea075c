package io.reelbatch.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small proxy that knows CONNECT; whatever name is asked for is a port of this machine. */
public final class Middleman implements AutoCloseable {

  private final ServerSocket door;
  private final String answer;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  private Middleman(String answer) throws IOException {
    this.answer = answer;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::welcome);
  }

  /** One that lets everybody through. */
  public static Middleman open() throws IOException {
    return new Middleman("HTTP/1.1 200 Connection established\r\n\r\n");
  }

  /** One that says no. */
  public static Middleman refusing(String status) throws IOException {
    return new Middleman("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
  }

  public int port() {
    return door.getLocalPort();
  }

  /** The heads of the requests that were made to it. */
  public List<String> heads() {
    return heads;
  }

  /** All that it could read of what went through. */
  public String seen() {
    synchronized (seen) {
      return seen.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void welcome() {
    try {
      while (true) {
        Socket client = door.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try {
      String head = head(client.getInputStream());
      heads.add(head);
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      if (!answer.startsWith("HTTP/1.1 200")) {
        return;
      }
      int port = Integer.parseInt(head.split(" ", 3)[1].replaceAll(".*:", ""));
      Socket target = new Socket(InetAddress.getLoopbackAddress(), port);
      daemon(() -> pump(target, client));
      pump(client, target);
    } catch (IOException e) {
      // one of them left
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (seen) {
          seen.write(buffer, 0, n);
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // one of them left
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "middleman");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
