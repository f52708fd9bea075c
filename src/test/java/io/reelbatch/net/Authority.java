package io.reelbatch.net;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A company's own authority, made with keytool, and servers with its certificates. */
public final class Authority {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  private Authority(Path folder) {
    this.folder = folder;
  }

  public static Authority in(Path folder) {
    Authority authority = new Authority(folder);
    authority.keytool("-genkeypair", "-alias", "ca", "-ext", "bc:c", "-dname", "CN=Our Authority");
    authority.keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority.pem().toString());
    return authority;
  }

  /** Its certificate. */
  public Path pem() {
    return folder.resolve("ca.pem");
  }

  /** A server that says that for itself, and counts what reaches it. */
  public Server server(String host, String answer) throws IOException, GeneralSecurityException {
    String request = folder.resolve(host + ".csr").toString();
    String signed = folder.resolve(host + ".pem").toString();
    keytool("-genkeypair", "-alias", host, "-dname", "CN=" + host);
    keytool("-certreq", "-alias", host, "-file", request);
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-ext",
        "san=dns:" + host,
        "-infile",
        request,
        "-rfc",
        "-outfile",
        signed);
    keytool("-importcert", "-alias", host, "-noprompt", "-file", signed);
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys"))) {
      all.load(in, PASSWORD.toCharArray());
    }
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        host,
        all.getKey(host, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        all.getCertificateChain(host));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new Server(context, answer);
  }

  private void keytool(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add(words[0]);
    command.addAll(List.of("-keystore", folder.resolve("keys").toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    if (words[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-validity", "30"));
    }
    command.addAll(List.of(words).subList(1, words.length));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An HTTPS server on this machine. */
  public static final class Server implements AutoCloseable {

    private final HttpsServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Server(SSLContext context, String answer) throws IOException {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    }

    public int port() {
      return server.getAddress().getPort();
    }

    /** What came through, by method and path. */
    public List<String> requests() {
      return requests;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
