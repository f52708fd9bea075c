package io.reelbatch.job;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often one row may be ordered by itself. Each order that the gateway takes is paid for.
 *
 * @param attempts paid requests for one row in one round, while its task fails for the provider's
 *     reasons; 1: none is repeated
 * @param automatic how often --retry-failed orders one row once more, over the life of its batch
 */
@ConfigurationProperties(prefix = "reelbatch.retry", ignoreUnknownFields = false)
public record RetryProperties(@DefaultValue("1") int attempts, @DefaultValue("1") int automatic) {

  /** Checks them. */
  public RetryProperties {
    Allowed.between("attempts", attempts, 1, 100);
    Allowed.between("automatic", automatic, 0, 100);
  }
}
