package io.reelbatch.job;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Has a run measured, where the settings say so; else it does nothing, and nothing is loaded. Never
 * fails a run but for a setting that cannot be.
 */
final class Measuring {

  private static final Logger log = LoggerFactory.getLogger(Measuring.class);

  private final RunRequest request;
  private final Supplier<ConfigurableEnvironment> settings;
  private @Nullable MeasuredRun measured;
  private boolean known;

  /**
   * Of a run that begins now.
   *
   * @param settings to be asked only if the run comes to its end before it has any
   */
  Measuring(RunRequest request, Supplier<ConfigurableEnvironment> settings) {
    this.request = request;
    this.settings = settings;
  }

  /**
   * The home is ours and the settings are read: from now on the run is measured.
   *
   * @throws UsageException if a place for metrics cannot be: better before money is spent
   */
  void begin(GenericApplicationContext context) {
    measured = of(context.getEnvironment());
    known = true;
    if (measured != null) {
      measured.join(context);
      measured.begin();
    }
  }

  private @Nullable MeasuredRun of(ConfigurableEnvironment environment) {
    return MetricsProperties.isOn(environment)
        ? new MeasuredRun(
            request.home(),
            MetricsProperties.places(
                environment,
                MetricsProperties.label(request.batch(), request.use().companion() != null)))
        : null;
  }

  /** The job is made. */
  void goesOn(ConfigurableApplicationContext context) {
    if (measured != null) {
      measured.goesOn(context);
    }
  }

  /** The job is over. */
  void over() {
    if (measured != null) {
      measured.over();
    }
  }

  /** The run has ended, or could not begin. Blocks for a few seconds at most. */
  void ended(Ending ending) {
    try {
      if (!known && !isOursAlready(ending)) {
        measured = of(settings.get());
      }
      if (measured != null) {
        measured.ended(ending);
      }
    } catch (RuntimeException e) {
      log.debug("how the run ended could not be measured", e); // what is wrong was said
    }
  }

  /** Whether another run of this very batch goes on, which tells of itself. */
  private boolean isOursAlready(Ending ending) {
    return ending == Ending.LOCKED && HomeLock.isTakenFor(request.use().what(), request.home());
  }
}
