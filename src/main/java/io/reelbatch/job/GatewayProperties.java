package io.reelbatch.job;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach the gateway.
 *
 * @param baseUrl where requests go
 * @param account label of the key, kept with every attempt; never the key itself
 * @param connectTimeout longest wait for a connection; a send that exceeds it was not sent
 * @param answerTimeout longest wait for an answer; a send that exceeds it is in doubt
 * @param queryPath where a task is asked after, with its id in the place of {id}
 * @param queryFallbackPath where it is asked after once more when the first path does not know it
 */
@ConfigurationProperties(prefix = "reelbatch.gateway", ignoreUnknownFields = false)
public record GatewayProperties(
    @DefaultValue("https://api.quickrouter.ai") URI baseUrl,
    @DefaultValue("default") String account,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("180s") Duration answerTimeout,
    @DefaultValue("/v1/videos/{id}") String queryPath,
    @DefaultValue("/v1/video/query?id={id}") String queryFallbackPath) {

  /** Checks them. */
  public GatewayProperties {
    Allowed.written("account", account);
    Allowed.positive("connect-timeout", connectTimeout);
    Allowed.positive("answer-timeout", answerTimeout);
    Allowed.written("query-path", queryPath);
    Allowed.written("query-fallback-path", queryFallbackPath);
  }
}
