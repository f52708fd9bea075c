package io.reelbatch.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of one run: that it goes on, how earlier ones ended, where the batch stands.
 * Counts begin at nothing with each run. Thread-safe.
 */
public final class RunMetrics {

  private final MeterRegistry registry;
  private final Meters meters;
  private volatile PastRuns past;
  private volatile boolean goesOn = true;

  /**
   * Of a run that begins now.
   *
   * @param past what is known of earlier ones
   */
  public RunMetrics(MeterRegistry registry, InstantSource clock, String version, PastRuns past) {
    this.registry = registry;
    this.past = past;
    this.meters = new Meters(registry);
    meters.showBatch(past.batch());
    Instant start = clock.instant();
    Gauge.builder("reelbatch.build.info", () -> 1)
        .description("Always 1; which build this is, on which Java.")
        .tags(Tags.of("version", version, "java", System.getProperty("java.version", "")))
        .register(registry);
    time("reelbatch.run.start.timestamp", "When the newest run began.", run -> seconds(start));
    time(
        "reelbatch.run.heartbeat.timestamp",
        "When the newest run last said that it is there; after its end, when it ended.",
        run -> {
          Instant end = run.past.endedAt();
          return run.goesOn || end == null ? seconds(clock.instant()) : seconds(end);
        });
    Gauge.builder("reelbatch.run.going.on", this, run -> run.goesOn ? 1 : 0)
        .description("1 while a run goes on; with an old heartbeat, that run was killed.")
        .strongReference(true)
        .register(registry);
    showPast();
  }

  private void time(String name, String description, ToDoubleFunction<RunMetrics> value) {
    if (registry.find(name).gauge() != null) {
      return;
    }
    Gauge.builder(name, this, value)
        .description(description)
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  // What never was is not shown: 0 would be 1970, and an alert.
  private void showPast() {
    if (past.exitCode() != null && registry.find("reelbatch.last.exit.code").gauge() == null) {
      Gauge.builder("reelbatch.last.exit.code", this, run -> code(run.past.exitCode()))
          .description("Exit code of the last run that ended.")
          .strongReference(true)
          .register(registry);
    }
    if (past.endedAt() != null) {
      time(
          "reelbatch.last.end.timestamp",
          "When the last run ended that did end.",
          run -> seconds(run.past.endedAt()));
    }
    if (past.finishedAt() != null) {
      time(
          "reelbatch.last.finish.timestamp",
          "When a run last did all that could be done: exit code 0, 3 or 7.",
          run -> seconds(run.past.finishedAt()));
    }
    if (past.succeededAt() != null) {
      time(
          "reelbatch.last.success.timestamp",
          "When a run last ended with exit code 0.",
          run -> seconds(run.past.succeededAt()));
    }
  }

  private static double code(@Nullable Integer code) {
    return code == null ? Double.NaN : code;
  }

  private static double seconds(@Nullable Instant at) {
    return at == null ? Double.NaN : at.toEpochMilli() / 1000.0;
  }

  /** Where the batch stands now, and how the run goes. */
  public void show(BatchFigures batch, RunFigures pace) {
    meters.showBatch(batch);
    meters.showRun(pace);
  }

  /** The run has ended. */
  public void ended(PastRuns now) {
    past = now;
    goesOn = false;
    showPast();
  }
}
