package io.reelbatch.job;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often one row may be ordered by itself. Each order that the gateway takes is paid for.
 *
 * @param attempts paid requests for one row in one round, while its task fails for the provider's
 *     reasons; 1: none is repeated
 * @param automatic how often --retry-failed orders one row once more, over the life of its batch
 */
@Validated
@ConfigurationProperties(prefix = "reelbatch.retry", ignoreUnknownFields = false)
public record RetryProperties(
    @DefaultValue("1") @Min(1) @Max(100) int attempts,
    @DefaultValue("1") @Min(0) @Max(100) int automatic) {}
