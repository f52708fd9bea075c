package io.reelbatch.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.reelbatch.metrics.BatchFigures;
import io.reelbatch.metrics.Exports;
import io.reelbatch.metrics.PastRuns;
import io.reelbatch.metrics.RunMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigRegistry;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run whose metrics somebody wants: measured while it goes on, told once more when it has ended
 * and its home is free again. How earlier runs ended, and where the batch stood, is kept in a small
 * file of the home, since a run that cannot begin has no ledger.
 */
final class MeasuredRun {

  private static final Logger log = LoggerFactory.getLogger(MeasuredRun.class);

  private final Home home;
  private final String label;
  private final Exports exports;
  private final RunMetrics metrics;
  private final PastRuns past;
  private BatchFigures last;
  private @Nullable Measurements measurements;

  /** Of a run that begins now. */
  MeasuredRun(Home home, Exports.Places places) {
    this.home = home;
    this.label = places.batch();
    this.past = read(home, label);
    this.last = past.batch();
    this.exports = new Exports(places);
    this.metrics = new RunMetrics(exports.registry(), InstantSource.system(), version(), past);
  }

  private static String version() {
    String version = MeasuredRun.class.getPackage().getImplementationVersion();
    return version == null ? "none" : version;
  }

  /** Has the job measured; before its context is made. */
  void join(GenericApplicationContext context) {
    context.registerBean(MeterRegistry.class, exports::registry);
    ((AnnotationConfigRegistry) context).register(MetricsConfiguration.class);
  }

  /** Brings the metrics away from now on. */
  void begin() {
    exports.begin(this::look);
  }

  /** The job is made, and can be looked at. */
  synchronized void goesOn(ConfigurableApplicationContext context) {
    measurements = context.getBean(Measurements.class);
  }

  private synchronized void look() {
    if (measurements != null) {
      BatchFigures batch = measurements.batch();
      last = batch;
      metrics.show(batch, measurements.run());
    }
  }

  /** The job is over; its ledger is about to be closed, and nobody may be in it then. */
  synchronized void over() {
    try {
      if (measurements != null) {
        measurements.forgetLinks();
      }
      look();
    } catch (RuntimeException e) {
      log.debug("where the batch stands could not be measured", e);
    }
    measurements = null;
  }

  /** The run has ended and its home is free. Blocks for a few seconds at most. */
  void ended(Ending ending) {
    PastRuns now;
    synchronized (this) {
      now = past.with(ending.code(), ending.isComplete(), Instant.now(), last);
    }
    metrics.ended(now);
    try {
      home.rememberRuns(label, JsonMapper.shared().writeValueAsString(now) + "\n");
    } catch (RuntimeException e) {
      log.debug("how the run ended could not be remembered", e);
    }
    exports.end();
  }

  private static PastRuns read(Home home, String label) {
    try {
      Optional<String> text = home.rememberedRuns(label);
      return text.isEmpty()
          ? PastRuns.NONE
          : JsonMapper.shared().readValue(text.get(), PastRuns.class);
    } catch (JacksonException | UsageException e) {
      log.debug("how earlier runs ended cannot be read", e);
      return PastRuns.NONE;
    }
  }
}
