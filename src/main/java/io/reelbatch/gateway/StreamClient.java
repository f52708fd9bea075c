package io.reelbatch.gateway;

import io.reelbatch.net.Network;
import io.reelbatch.net.ProxyRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Opens one answer as a stream; never repeats, never follows. Has a key only if it was made with
 * one. Thread-safe.
 */
final class StreamClient implements AutoCloseable {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int MOST_HEADERS = 500;

  private final Duration headTimeout;
  private final @Nullable String authorization;
  private final Network network;
  private final Watchdog watchdog = new Watchdog();
  private final CloseableHttpClient client;

  /** An answer whose head is here. */
  static final class Reply implements AutoCloseable {

    private final HttpGet request;
    private final ClassicHttpResponse response;

    private Reply(HttpGet request, ClassicHttpResponse response) {
      this.request = request;
      this.response = response;
    }

    int status() {
      return response.getCode();
    }

    @Nullable String header(String name) {
      Header header = response.getFirstHeader(name);
      return header == null || header.getValue() == null ? null : header.getValue().strip();
    }

    InputStream body() throws IOException {
      HttpEntity entity = response.getEntity();
      InputStream content = entity == null ? null : entity.getContent();
      return content == null ? new ByteArrayInputStream(new byte[0]) : content;
    }

    /** How long the body is; negative when that is not known. */
    long length() {
      HttpEntity entity = response.getEntity();
      return entity == null ? 0 : entity.getContentLength();
    }

    /** Breaks off what was not read to its end: closing alone would read on. */
    @Override
    public void close() throws IOException {
      request.cancel();
      response.close();
    }
  }

  /**
   * A client for addresses that this resolver lets pass.
   *
   * @param key goes with every request; null for none
   */
  StreamClient(
      Duration connectTimeout,
      FetchSettings settings,
      Network network,
      DnsResolver names,
      @Nullable ApiKey key) {
    this.network = network;
    headTimeout = connectTimeout.multipliedBy(3).plus(settings.silence());
    authorization = key == null ? null : "Bearer " + key.value();
    Timeout connect = Timeout.of(connectTimeout);
    Timeout silence = Timeout.of(settings.silence());
    client =
        network
            .client()
            .setConnectionManager(
                network
                    .connections(connect)
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .http1Config(
                                Http1Config.custom()
                                    .setMaxLineLength(LONGEST_LINE)
                                    .setMaxHeaderCount(MOST_HEADERS)
                                    .build())
                            .build())
                    .setDnsResolver(names)
                    .setMaxConnTotal(settings.connections())
                    .setMaxConnPerRoute(settings.connections())
                    .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(silence).build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setSocketTimeout(silence)
                            .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(connect)
                    .setResponseTimeout(silence)
                    .setAuthenticationEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("reelbatch")
            .build();
  }

  /** Asks for the address, or for what is missing of it. Blocks until the head is here. */
  Reply get(URI address, Resume resume) throws IOException, HttpException {
    HttpGet request = new HttpGet(address);
    if (authorization != null) {
      request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
    }
    if (resume.from() > 0) {
      request.setHeader(HttpHeaders.RANGE, "bytes=" + resume.from() + "-");
      if (resume.validator() != null) {
        request.setHeader(HttpHeaders.IF_RANGE, resume.validator());
      }
    }
    Watchdog.Watch watch = watchdog.watch(headTimeout, request::cancel);
    try {
      HttpClientContext context = network.context();
      Reply reply =
          new Reply(
              request, client.executeOpen(RoutingSupport.determineHost(request), request, context));
      try {
        network.refuseAnswerOfProxy(context, reply.status());
      } catch (ProxyRefusedException e) {
        reply.close();
        throw e;
      }
      return reply;
    } finally {
      watch.close();
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    watchdog.close();
  }
}
