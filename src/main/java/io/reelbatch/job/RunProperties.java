package io.reelbatch.job;

import io.reelbatch.csv.OrderDefaults;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for a whole run.
 *
 * @param patience how long a run goes on while no row changes; then it ends unfinished
 * @param createModel the model of a row that names none
 * @param extendModel the model of an extension that names none
 * @param strictModels whether a model that the catalogue does not know is wrong, instead of sent
 *     unchecked
 * @param diskSync whether what money hangs on is synced to the disk, to survive a power cut
 */
@ConfigurationProperties(prefix = "reelbatch.run", ignoreUnknownFields = false)
public record RunProperties(
    @DefaultValue("2h") Duration patience,
    @DefaultValue("sora-2-pro") String createModel,
    @DefaultValue("grok-video-3") String extendModel,
    @DefaultValue("false") boolean strictModels,
    @DefaultValue("true") boolean diskSync) {

  /** Checks them. */
  public RunProperties {
    Allowed.positive("patience", patience);
    Allowed.written("create-model", createModel);
    Allowed.written("extend-model", extendModel);
  }

  /** What rows that leave something open stand for. */
  OrderDefaults defaults() {
    return new OrderDefaults(
        createModel,
        extendModel,
        strictModels ? OrderDefaults.UnknownModels.REFUSE : OrderDefaults.UnknownModels.WARN);
  }
}
