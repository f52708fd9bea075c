package io.reelbatch.job;

import io.reelbatch.pacing.Rate;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast rows are sent.
 *
 * @param rate paid requests a time, as 2/s, 90/m or 5000/h
 * @param rates slower rates of single operations or models, besides, as rates.extend: 30/m or,
 *     where the name has dots, rates.[sora-2.5]: 10/m
 * @param inFlight paid requests under way at once; also the most rows that a killed run can leave
 *     in doubt
 * @param maxActive tasks that the gateway may work on at once
 */
@ConfigurationProperties(prefix = "reelbatch.submit", ignoreUnknownFields = false)
public record SubmitProperties(
    @DefaultValue("2/s") Rate rate,
    @DefaultValue Map<String, Rate> rates,
    @DefaultValue("8") int inFlight,
    @DefaultValue("20") int maxActive) {

  /** Checks them. */
  public SubmitProperties {
    Allowed.between("in-flight", inFlight, 1, 1000);
    Allowed.between("max-active", maxActive, 1, 1_000_000);
  }
}
