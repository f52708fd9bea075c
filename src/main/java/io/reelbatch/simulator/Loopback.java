package io.reelbatch.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Binds the JDK's HTTP server to 127.0.0.1, and to nothing else. */
final class Loopback {

  private static final int BACKLOG = 1024;

  private Loopback() {}

  /**
   * Binds; the server does not answer yet.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken or may not be used
   */
  static HttpServer bind(int port) {
    // The JDK reads these once, when its server class is loaded; they must stand before.
    // Headers and body leave as two segments: with Nagle's algorithm the second one waits for the
    // client's delayed acknowledgement, and every answer takes 40 ms.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    // Beyond this many idle connections the server closes one after each answer (default 200), and
    // after this many seconds any idle one (default 30). A client that sends on it at that moment
    // loses a paid answer by accident; here connections are lost on purpose only.
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "10000");
    setUnlessSet("sun.net.httpserver.idleInterval", "86400");
    try {
      InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
      return HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    } catch (BindException e) {
      throw new UncheckedIOException(
          "port " + port + " on 127.0.0.1 is taken or not allowed; choose another, or 0 for any",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator could not listen on 127.0.0.1", e);
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
