package io.reelbatch.job;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What holds for a whole run.
 *
 * @param patience how long a run goes on while no row changes; then it ends unfinished
 * @param createModel the model of a row that names none
 * @param extendModel the model of an extension that names none
 * @param diskSync whether what money hangs on is synced to the disk, to survive a power cut
 */
@Validated
@ConfigurationProperties(prefix = "reelbatch.run", ignoreUnknownFields = false)
public record RunProperties(
    @DefaultValue("2h") @DurationMin(millis = 1) Duration patience,
    @DefaultValue("sora-2-pro") @NotBlank String createModel,
    @DefaultValue("grok-video-3") @NotBlank String extendModel,
    @DefaultValue("true") boolean diskSync) {}
