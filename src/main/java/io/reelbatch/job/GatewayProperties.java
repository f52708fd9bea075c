package io.reelbatch.job;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

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
@Validated
@ConfigurationProperties(prefix = "reelbatch.gateway", ignoreUnknownFields = false)
public record GatewayProperties(
    @DefaultValue("https://api.quickrouter.ai") @NotNull URI baseUrl,
    @DefaultValue("default") @NotBlank String account,
    @DefaultValue("10s") @DurationMin(millis = 1) Duration connectTimeout,
    @DefaultValue("180s") @DurationMin(millis = 1) Duration answerTimeout,
    @DefaultValue("/v1/videos/{id}") @NotBlank String queryPath,
    @DefaultValue("/v1/video/query?id={id}") @NotBlank String queryFallbackPath) {}
