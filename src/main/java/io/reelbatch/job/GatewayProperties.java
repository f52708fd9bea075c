package io.reelbatch.job;

import io.reelbatch.model.AccountName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach the gateway.
 *
 * @param baseUrl where requests go
 * @param account whose key new rows are sent with, where there are several, as run --account says;
 *     else that of the batch, at first the one of REELBATCH_API_KEY
 * @param connectTimeout longest wait for a connection; a send that exceeds it was not sent
 * @param answerTimeout longest wait for an answer; a send that exceeds it is in doubt
 * @param queryPath where a task is asked after, with its id in the place of {id}
 * @param queryFallbackPath where it is asked after once more when the first path does not know it
 * @param proxy by which the gateway, videos and those who are notified are reached, as
 *     http://proxy.example:3128; with user:password@ it is a secret
 * @param proxyFile a file that holds the address of the proxy and nothing else
 * @param noProxy hosts that are reached without the proxy, separated by commas: example.com with
 *     all below it, example.com:8443, or an address; this machine always is
 * @param caFile certificates (PEM) of authorities that are trusted besides those of Java
 */
@ConfigurationProperties(prefix = "reelbatch.gateway", ignoreUnknownFields = false)
public record GatewayProperties(
    @DefaultValue("https://api.quickrouter.ai") URI baseUrl,
    @Nullable String account,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("180s") Duration answerTimeout,
    @DefaultValue("/v1/videos/{id}") String queryPath,
    @DefaultValue("/v1/video/query?id={id}") String queryFallbackPath,
    @Nullable String proxy,
    @Nullable Path proxyFile,
    @Nullable String noProxy,
    @Nullable Path caFile) {

  /** Checks them. */
  public GatewayProperties {
    if (account != null) {
      Allowed.written("account", account);
      Allowed.written("account", account, AccountName::written);
    }
    Allowed.positive("connect-timeout", connectTimeout);
    Allowed.positive("answer-timeout", answerTimeout);
    Allowed.written("query-path", queryPath);
    Allowed.written("query-fallback-path", queryFallbackPath);
  }

  /** Without the proxy, which may hold a password. */
  @Override
  public String toString() {
    return "GatewayProperties[" + baseUrl + "]";
  }
}
