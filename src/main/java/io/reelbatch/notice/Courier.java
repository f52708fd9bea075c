package io.reelbatch.notice;

import io.reelbatch.net.Network;
import io.reelbatch.net.ProxyRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings notices to those who are to be told. A client of its own: the gateway's bears the key.
 * Follows no redirect and reads no more of an answer than it needs.
 */
public final class Courier {

  private static final int TRIES = 2;
  private static final int MOST_BYTES = 16_384;

  private final Duration most;
  private final Network network;

  /**
   * Never takes longer than that.
   *
   * @param most for all of them together
   * @param network by which way
   */
  public Courier(Duration most, Network network) {
    this.most = most;
    this.network = network;
  }

  /** An answer. */
  private record Answer(int status, String body) {}

  /**
   * Tells all at the same time. Blocks.
   *
   * @return whom it could not tell, each with the reason: neither address nor secret is in it
   */
  public Map<Target, String> tell(Map<Target, Notice> notices, Instant now) {
    List<Target> targets = List.copyOf(notices.keySet());
    Map<Target, String> failures = new LinkedHashMap<>();
    ExecutorService threads = Executors.newCachedThreadPool(Courier::thread);
    CloseableHttpClient client = client(targets);
    try {
      List<Callable<Optional<String>>> tasks = new ArrayList<>();
      for (Map.Entry<Target, Notice> one : notices.entrySet()) {
        Target target = one.getKey();
        byte[] body =
            JsonMapper.shared()
                .writeValueAsBytes(target.channel().message(one.getValue(), target, now));
        tasks.add(() -> tell(client, target, body, now));
      }
      List<Future<Optional<String>>> told =
          threads.invokeAll(tasks, most.toMillis(), TimeUnit.MILLISECONDS);
      for (int i = 0; i < targets.size(); i++) {
        Target target = targets.get(i);
        failure(told.get(i)).ifPresent(reason -> failures.put(target, target.quoted(reason)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      targets.forEach(target -> failures.putIfAbsent(target, "interrupted"));
    } finally {
      client.close(CloseMode.IMMEDIATE); // also under those that hang
      threads.shutdownNow();
    }
    return failures;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "notice");
    thread.setDaemon(true);
    return thread;
  }

  private Optional<String> failure(Future<Optional<String>> told) throws InterruptedException {
    try {
      return told.get();
    } catch (CancellationException e) {
      return Optional.of("no answer within " + most.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of("it could not be written (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Optional<String> tell(
      CloseableHttpClient client, Target target, byte[] body, Instant now) {
    Optional<String> failure = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      try {
        Answer answer = post(client, target, body, now);
        failure = judged(target, answer);
        if (failure.isEmpty() || answer.status() < 500) {
          return failure;
        }
      } catch (IOException e) {
        failure = Optional.of(words(e, target));
      }
    }
    return failure;
  }

  private static Optional<String> judged(Target target, Answer answer) {
    int status = answer.status();
    if (status >= 300 && status < 400) {
      return Optional.of("HTTP " + status + ": it leads elsewhere, which is not followed");
    } else if (status < 200 || status >= 300) {
      return Optional.of("HTTP " + status + (answer.body().isBlank() ? "" : ": " + answer.body()));
    }
    return target.channel().refusal(answer.body());
  }

  private Answer post(CloseableHttpClient client, Target target, byte[] body, Instant now)
      throws IOException {
    HttpPost request = new HttpPost(target.channel().address(target, now));
    Timeout timeout = Timeout.of(target.timeout());
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(timeout)
            .setResponseTimeout(timeout)
            .setAuthenticationEnabled(false)
            .setExpectContinueEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build());
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    HttpClientContext context = network.context();
    return client.execute(
        request,
        context,
        response -> {
          network.refuseAnswerOfProxy(context, response.getCode());
          HttpEntity entity = response.getEntity();
          String said = entity == null ? "" : read(entity);
          if (said.length() >= MOST_BYTES) {
            request.cancel(); // else what follows would be read to its end
          }
          return new Answer(response.getCode(), said);
        });
  }

  private static String read(HttpEntity entity) throws IOException {
    InputStream in = entity.getContent();
    return in == null ? "" : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
  }

  /** Not what the exception says: that may name the address. */
  private static String words(IOException e, Target target) {
    if (e instanceof UnknownHostException) {
      return "its host is not known";
    } else if (e instanceof ConnectException) {
      return "no connection";
    } else if (e instanceof SocketTimeoutException) {
      return "no answer within " + target.timeout().toMillis() + " ms";
    } else if (e instanceof ProxyRefusedException) {
      return "the proxy lets nothing through";
    } else if (e instanceof SSLException) {
      return "no secure connection (TLS)";
    }
    return "the connection broke (" + e.getClass().getSimpleName() + ")";
  }

  private CloseableHttpClient client(List<Target> targets) {
    Duration longest =
        targets.stream()
            .map(Target::timeout)
            .max(Duration::compareTo)
            .orElse(Duration.ofSeconds(1));
    return network
        .client()
        .setConnectionManager(
            network
                .connections(Timeout.of(longest))
                .setMaxConnTotal(Math.max(1, targets.size()))
                .setMaxConnPerRoute(Math.max(1, targets.size()))
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(longest))
                        .setSocketTimeout(Timeout.of(longest))
                        .build())
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("reelbatch")
        .build();
  }
}
