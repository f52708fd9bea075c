package io.reelbatch.gateway;

import io.reelbatch.model.Message;
import io.reelbatch.model.NotAllowedException;
import io.reelbatch.net.Network;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Where the gateway is and how long to wait for it. Prints without the key.
 *
 * @param baseUrl http or https, a host, and if need be a path under which {@code /v1/…} lies; a
 *     trailing slash does not matter
 * @param connectTimeout longest wait for a free connection, for the connection and for its TLS
 *     handshake, each; a send that exceeds it was never sent
 * @param answerTimeout longest time from the first byte of a send to the last byte of its answer; a
 *     send that exceeds it is in doubt
 * @param connections requests that can be under way at the same time
 * @param queryPath where a task is asked for; {@code {id}} stands for its id
 * @param queryFallbackPath where it is asked for when the first address does not know the route or
 *     the task; the same as {@code queryPath} for none
 * @param network by which way
 */
public record GatewaySettings(
    URI baseUrl,
    ApiKey key,
    Duration connectTimeout,
    Duration answerTimeout,
    int connections,
    String queryPath,
    String queryFallbackPath,
    Network network) {

  /** Wire: GET /v1/videos/{id} (001_5a96a522108e9b27.txt). */
  public static final String DEFAULT_QUERY_PATH = "/v1/videos/{id}";

  /** Assumed: the twin that the gateway documents elsewhere for tasks of {@code /v1/video}. */
  public static final String DEFAULT_QUERY_FALLBACK_PATH = "/v1/video/query?id={id}";

  static final String ID = "{id}";

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Takes settings that can work.
   *
   * @throws IllegalArgumentException if one cannot; the message names it and what would be right
   */
  public GatewaySettings {
    checkBaseUrl(baseUrl);
    checkTimeout("connect timeout", connectTimeout);
    checkTimeout("answer timeout", answerTimeout);
    if (connections < 1) {
      throw new NotAllowedException(
          Message.of("the gateway needs at least one connection, not {0}", connections));
    }
    checkPath("query path", queryPath);
    checkPath("query fallback path", queryFallbackPath);
  }

  /** On the straight way. */
  public GatewaySettings(
      URI baseUrl,
      ApiKey key,
      Duration connectTimeout,
      Duration answerTimeout,
      int connections,
      String queryPath,
      String queryFallbackPath) {
    this(
        baseUrl,
        key,
        connectTimeout,
        answerTimeout,
        connections,
        queryPath,
        queryFallbackPath,
        Network.DIRECT);
  }

  private static void checkBaseUrl(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new NotAllowedException(Message.of("the gateway's base URL must start with https://"));
    }
    if (url.getHost() == null) {
      throw new NotAllowedException(Message.of("the gateway's base URL names no host"));
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new NotAllowedException(
          Message.of(
              "the gateway's base URL must be a plain address: no user, no query, no fragment"));
    }
  }

  private static void checkTimeout(String name, Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
      throw new NotAllowedException(
          Message.of("the gateway's {0} must be between 1 ms and a day, not {1}", name, timeout));
    }
  }

  private static void checkPath(String name, String path) {
    int at = path.indexOf(ID);
    if (!path.startsWith("/") || at < 0 || path.indexOf(ID, at + 1) >= 0) {
      throw new NotAllowedException(
          Message.of(
              "the gateway's {0} must start with / and hold {1} once, not '{2}'", name, ID, path));
    }
    try {
      URI.create(path.replace(ID, "id"));
    } catch (IllegalArgumentException e) {
      throw new NotAllowedException(
          Message.of("the gateway's {0} is not part of an address: '{1}'", name, path), e);
    }
  }
}
