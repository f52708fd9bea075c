package io.reelbatch.gateway;

import io.reelbatch.net.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP by Apache's client, with all that it does by itself switched off.
 *
 * <p>By default HttpClient 5 sends a POST again after 429 and 503, and follows 302 and 307; each
 * would be a second payment. A test counts the requests at the server.
 */
final class Transport implements Wire {

  /** How much of an answer is read. */
  static final int MOST_BYTES = 1_000_000;

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int MOST_HEADERS = 500;

  // The pool, the connection and its TLS handshake may each take the connect timeout.
  private static final int STEPS_BEFORE_LEAVING = 3;

  // A connection that a firewall has forgotten looks alive, and the POST on it ends in doubt.
  private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);

  private final Duration leaveTimeout;
  private final Duration answerTimeout;
  private final String authorization;
  private final Network network;
  private final Watchdog watchdog = new Watchdog();
  private final CompletableFuture<CloseableHttpClient> client;

  Transport(GatewaySettings settings) {
    leaveTimeout = settings.connectTimeout().multipliedBy(STEPS_BEFORE_LEAVING);
    answerTimeout = settings.answerTimeout();
    network = settings.network();
    authorization = "Bearer " + settings.key().value();
    // Reading the certificates takes a tenth of a second, and a start has much else to do.
    client = CompletableFuture.supplyAsync(() -> client(settings), Transport::beside);
  }

  private static void beside(Runnable task) {
    Thread thread = new Thread(task, "http-client");
    thread.setDaemon(true);
    thread.start();
  }

  private static CloseableHttpClient client(GatewaySettings settings) {
    Timeout connect = Timeout.of(settings.connectTimeout());
    Timeout answer = Timeout.of(settings.answerTimeout());
    return settings
        .network()
        .client()
        .setConnectionManager(
            settings
                .network()
                .connections(connect)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                            Http1Config.custom()
                                // Without limits an endless header fills the memory.
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnTotal(settings.connections())
                .setMaxConnPerRoute(settings.connections())
                .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(answer).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(answer)
                        // Later than at once, a POST meets a connection closed by the gateway and
                        // ends in doubt: half of them with HttpClient's two seconds.
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(answer)
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setKeepAliveStrategy(Transport::keepAlive)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("reelbatch")
        .build();
  }

  private static TimeValue keepAlive(HttpResponse response, HttpContext context) {
    TimeValue asked =
        DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
    return asked.compareTo(LONGEST_IDLE) < 0 ? asked : LONGEST_IDLE;
  }

  /** Sends JSON. Blocks up to three connect timeouts and one answer timeout. */
  @Override
  public Exchange post(URI address, byte[] json) {
    HttpPost request = new HttpPost(address);
    try (Watchdog.Watch watch = watchdog.watch(leaveTimeout, request::cancel)) {
      WatchedEntity body =
          new WatchedEntity(
              new ByteArrayEntity(json, ContentType.create("application/json")),
              watch,
              answerTimeout);
      request.setEntity(body);
      Progress progress = new Progress();
      try {
        return exchange(request, progress);
      } catch (IOException | HttpException | RuntimeException e) {
        return progress.broken(e, body.hasStarted(), watch.hasBitten());
      }
    }
  }

  /** Asks. Blocks up to three connect timeouts and one answer timeout. */
  @Override
  public Exchange get(URI address) {
    HttpGet request = new HttpGet(address);
    try (Watchdog.Watch watch = watchdog.watch(leaveTimeout.plus(answerTimeout), request::cancel)) {
      Progress progress = new Progress();
      try {
        return exchange(request, progress);
      } catch (IOException | HttpException | RuntimeException e) {
        return progress.broken(e, false, watch.hasBitten());
      }
    }
  }

  private Exchange exchange(HttpUriRequestBase request, Progress progress)
      throws IOException, HttpException {
    request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    HttpClientContext context = network.context();
    ClassicHttpResponse response =
        client.join().executeOpen(RoutingSupport.determineHost(request), request, context);
    try {
      network.refuseAnswerOfProxy(context, response.getCode());
      return progress.read(response);
    } catch (IOException | RuntimeException e) {
      request.cancel(); // else closing reads on to the end of what was too long
      throw e;
    } finally {
      close(response);
    }
  }

  // An answer that is read counts; what goes wrong while putting its connection away does not.
  private static void close(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException | RuntimeException e) {
      // Nothing is lost by it.
    }
  }

  @Override
  public void close() {
    client.join().close(CloseMode.IMMEDIATE);
    watchdog.close();
  }

  /** What has come of an answer so far. */
  private static final class Progress {

    private @Nullable Integer status;
    private @Nullable String requestId;
    private @Nullable ByteArrayOutputStream bytes;
    private Charset charset = StandardCharsets.UTF_8;

    Exchange read(ClassicHttpResponse response) throws IOException {
      int code = response.getCode();
      status = code;
      requestId = header(response, "X-Oneapi-Request-Id");
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      bytes = read;
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        charset = charset(entity);
        readAll(entity.getContent(), read);
      }
      return new Exchange.Answered(
          code,
          header(response, HttpHeaders.RETRY_AFTER),
          header(response, HttpHeaders.LOCATION),
          requestId,
          read.toString(charset),
          RateHeaders.of(response));
    }

    private static void readAll(@Nullable InputStream in, ByteArrayOutputStream out)
        throws IOException {
      if (in == null) {
        return;
      }
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        int room = MOST_BYTES - out.size();
        out.write(buffer, 0, Math.min(n, room));
        if (n > room) {
          throw new AnswerTooLongException(MOST_BYTES);
        }
      }
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
      Header header = response.getFirstHeader(name);
      return header == null || header.getValue() == null ? null : header.getValue().strip();
    }

    private static Charset charset(HttpEntity entity) {
      ContentType type = ContentType.parseLenient(entity.getContentType());
      return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    Exchange.Broken broken(Throwable cause, boolean bodyStarted, boolean timedOut) {
      return new Exchange.Broken(
          cause,
          bodyStarted,
          timedOut,
          status,
          requestId,
          bytes == null ? null : bytes.toString(charset));
    }
  }
}
