package io.reelbatch.job;

import io.reelbatch.pacing.BrakeSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

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
@Validated
@ConfigurationProperties(prefix = "reelbatch.brakes", ignoreUnknownFields = false)
public record BrakesProperties(
    @DefaultValue("1") @Min(0) @Max(1000) int canaryRefusals,
    @DefaultValue("3") @Min(0) @Max(100) int doubtsInARow,
    @DefaultValue("0.05") @DecimalMin("0") @DecimalMax("1") double doubtShare,
    @DefaultValue("5") @Min(0) @Max(100_000) int firstFailures,
    @DefaultValue("5") @Min(0) @Max(100_000) int modelUnavailable) {

  BrakeSettings settings() {
    return new BrakeSettings(
        canaryRefusals, doubtsInARow, doubtShare, firstFailures, modelUnavailable);
  }
}
