package io.reelbatch.job;

import io.reelbatch.pacing.BrakeSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the rows of one operation, model and size are no longer sent in this run.
 *
 * @param canaryRefusals refused requests, sent one at a time, before the first one is accepted; 0:
 *     the first row does not go alone
 * @param doubtsInARow paid requests in a row whose answer is lost; 0: off
 * @param doubtShare share of the last 100 paid requests whose answer may be lost; 0: off
 * @param firstFailures failed tasks before the first one succeeds; until then no more than so many
 *     are under way; 0: off
 * @param modelUnavailable answers in a row that the model cannot be had; 0: it is waited for as
 *     long as the patience lasts
 */
@ConfigurationProperties(prefix = "reelbatch.brakes", ignoreUnknownFields = false)
public record BrakesProperties(
    @DefaultValue("1") int canaryRefusals,
    @DefaultValue("3") int doubtsInARow,
    @DefaultValue("0.05") double doubtShare,
    @DefaultValue("5") int firstFailures,
    @DefaultValue("5") int modelUnavailable) {

  /** Checks them. */
  public BrakesProperties {
    Allowed.between("canary-refusals", canaryRefusals, 0, 1000);
    Allowed.between("doubts-in-a-row", doubtsInARow, 0, 100);
    Allowed.share("doubt-share", doubtShare);
    Allowed.between("first-failures", firstFailures, 0, 100_000);
    Allowed.between("model-unavailable", modelUnavailable, 0, 100_000);
  }

  BrakeSettings settings() {
    return new BrakeSettings(
        canaryRefusals, doubtsInARow, doubtShare, firstFailures, modelUnavailable);
  }
}
