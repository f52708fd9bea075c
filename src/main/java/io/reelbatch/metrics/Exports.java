package io.reelbatch.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the metrics of a batch to where the settings say, in a thread of its own: again and again
 * while the run goes on, and once more at its end. No place that fails or hangs holds up the run.
 */
public final class Exports {

  /** A Pushgateway; user and password are null where it asks for none. */
  public record Push(
      URI address, @Nullable String user, @Nullable String password, Duration timeout) {

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * Where the metrics go; null: not there.
   *
   * @param batch the label of all of them
   * @param every how often
   */
  public record Places(
      String batch,
      @Nullable Path textfile,
      @Nullable Push push,
      @Nullable URI otlp,
      Duration every) {}

  private static final Logger log = LoggerFactory.getLogger(Exports.class);
  private static final Duration LAST_ROUND = Duration.ofSeconds(10);

  private final Duration every;
  private final List<Outlet> outlets = new ArrayList<>();
  private final Set<Outlet> failing = new HashSet<>();
  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CompositeMeterRegistry all = new CompositeMeterRegistry();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Exports::thread);

  /** Brings nothing anywhere yet. */
  public Exports(Places places) {
    this.every = places.every();
    all.config().commonTags("batch", places.batch()).meterFilter(explained());
    all.add(prometheus);
    if (places.textfile() != null) {
      outlets.add(new Textfile(places.textfile(), places.batch()));
    }
    if (places.push() != null) {
      outlets.add(new Pushgateway(places.push(), places.batch()));
    }
    if (places.otlp() != null) {
      all.add(otlp(places.otlp(), places.every()));
    }
  }

  // Spring Batch explains none of its own, and promtool wants every figure explained.
  private static MeterFilter explained() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        return id.getDescription() != null
            ? id
            : new Meter.Id(
                id.getName(),
                Tags.of(id.getTagsAsIterable()),
                id.getBaseUnit(),
                "Spring Batch's own.",
                id.getType());
      }
    };
  }

  // Headers, such as one with a password, it takes from OTEL_EXPORTER_OTLP_HEADERS by itself.
  private static MeterRegistry otlp(URI address, Duration every) {
    Map<String, String> settings =
        Map.of(
            "otlp.url", address.toString(),
            "otlp.step", every.toMillis() + "ms",
            "otlp.connectTimeout", "3s",
            "otlp.readTimeout", "5s",
            "otlp.resourceAttributes", "service.name=reelbatch");
    return new OtlpMeterRegistry(settings::get, Clock.SYSTEM);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  /** Where meters are made. */
  public MeterRegistry registry() {
    return all;
  }

  /** The same as the exposition's text, for whoever wants to see it. */
  public String text() {
    return prometheus.scrape();
  }

  /**
   * Begins.
   *
   * @param look is run before each time, on the same thread
   */
  public void begin(Runnable look) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> {
              carefully(look);
              put();
            },
            0,
            every.toMillis(),
            TimeUnit.MILLISECONDS); // ends with the executor
  }

  private static void carefully(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.debug("where the batch stands could not be measured", e);
    }
  }

  private void put() {
    for (Outlet outlet : outlets) {
      try {
        outlet.put(prometheus);
        failing.remove(outlet);
      } catch (IOException | RuntimeException e) {
        if (failing.add(outlet)) {
          log.warn(
              "metrics could not be brought to {}: {}. The run goes on without, and tries again",
              outlet,
              e.toString());
        }
      }
    }
  }

  /** Brings them once more, and ends. Blocks for ten seconds at most. */
  public void end() {
    thread.execute(this::put);
    thread.execute(all::close); // which sends the last of OTLP
    thread.shutdown(); // not interrupted: H2 closes its file under an interrupted thread
    try {
      if (!thread.awaitTermination(LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("the last metrics were not taken within {} s", LAST_ROUND.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
