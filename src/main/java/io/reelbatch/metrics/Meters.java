package io.reelbatch.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.RowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of what is looked at now and then: where the batch stands, how the run goes. */
final class Meters {

  private final MeterRegistry registry;
  private final MultiGauge rows;
  private final MultiGauge money;
  private final MultiGauge caps;
  private final MultiGauge capsUsed;
  private final MultiGauge link;
  private volatile @Nullable RunFigures pace;

  Meters(MeterRegistry registry) {
    this.registry = registry;
    this.rows = several("reelbatch.rows", "Rows of the batch by state.", null);
    this.money =
        several(
            "reelbatch.money",
            "What the batch has cost over all its runs: spent, reserved by requests under way, in"
                + " doubt.",
            null);
    this.caps = several("reelbatch.cap", "The cap on money for the batch, a day or a month.", null);
    this.capsUsed =
        several(
            "reelbatch.cap.used", "What counts towards that cap: spent, reserved, in doubt.", null);
    this.link =
        several(
            "reelbatch.link.expiry.timestamp",
            "When the next link dies of a finished video that was not fetched.",
            "seconds");
  }

  private MultiGauge several(String name, String description, @Nullable String unit) {
    return MultiGauge.builder(name).description(description).baseUnit(unit).register(registry);
  }

  void showBatch(BatchFigures batch) {
    if (batch.rows().isEmpty()) {
      return; // nothing is known of it yet
    }
    rows.register(
        Arrays.stream(RowState.values())
            .map(state -> row(Tags.of("state", state.name()), batch.rows().getOrDefault(state, 0L)))
            .toList(),
        true);
    List<MultiGauge.Row<?>> parts = new ArrayList<>();
    for (BatchFigures.Cost cost : batch.money()) {
      parts.add(row(Tags.of("currency", cost.currency(), "part", "spent"), cost.spent()));
      parts.add(row(Tags.of("currency", cost.currency(), "part", "reserved"), cost.reserved()));
      parts.add(row(Tags.of("currency", cost.currency(), "part", "in_doubt"), cost.inDoubt()));
    }
    money.register(parts, true);
    caps.register(
        batch.caps().stream().<MultiGauge.Row<?>>map(cap -> row(tags(cap), cap.cap())).toList(),
        true);
    capsUsed.register(
        batch.caps().stream().<MultiGauge.Row<?>>map(cap -> row(tags(cap), cap.used())).toList(),
        true);
    link.register(
        batch.nextLinkToDie() == null
            ? List.of()
            : List.of(row(Tags.empty(), batch.nextLinkToDie().getEpochSecond())),
        true);
  }

  private static MultiGauge.Row<?> row(Tags tags, Number value) {
    return MultiGauge.Row.of(tags, value);
  }

  private static Tags tags(BatchFigures.Cap cap) {
    return Tags.of("period", cap.period(), "currency", cap.currency());
  }

  void showRun(RunFigures now) {
    boolean first = pace == null;
    pace = now;
    if (first) {
      register(now);
    }
  }

  private void register(RunFigures first) {
    for (String operation : new TreeMap<>(first.inFlight()).keySet()) {
      gauge(
          "reelbatch.requests.in.flight",
          "Requests under way.",
          null,
          Tags.of("request", operation),
          now -> now.inFlight().getOrDefault(operation, 0));
    }
    for (String operation : new TreeMap<>(first.pauses()).keySet()) {
      gauge(
          "reelbatch.pause",
          "What is left of the pause that the gateway asked for.",
          "seconds",
          Tags.of("request", operation),
          now -> seconds(now.pauses().get(operation)));
    }
    gauge(
        "reelbatch.send.rate.per.second",
        "Paid requests a second that the pace allows now.",
        null,
        Tags.empty(),
        RunFigures::sendsPerSecond);
    gauge(
        "reelbatch.active.limit",
        "Tasks that may be at the gateway at once, as learned from what it refuses.",
        null,
        Tags.empty(),
        RunFigures::activeLimit);
    gauge(
        "reelbatch.kinds.paused",
        "Kinds of rows that the brakes keep back in this run.",
        null,
        Tags.empty(),
        RunFigures::pausedKinds);
    for (HaltCause cause : HaltCause.values()) {
      gauge(
          "reelbatch.halted",
          "1 when this run has stopped sending, by cause.",
          null,
          Tags.of("cause", cause.name()),
          now -> now.halted() == cause ? 1 : 0);
    }
    gauge(
        "reelbatch.rows.per.minute",
        "Rows that came to their end, a minute of this run.",
        null,
        Tags.empty(),
        now -> Objects.requireNonNullElse(now.rowsPerMinute(), 0.0));
    gauge(
        "reelbatch.remaining",
        "About how long the rest takes; NaN while nothing tells.",
        "seconds",
        Tags.empty(),
        now -> now.left() == null ? Double.NaN : seconds(now.left()));
    late("0.5", RunFigures.KnownLate::half);
    late("0.95", RunFigures.KnownLate::most);
    if (first.videos() != null) {
      registerVideos();
    }
  }

  private void late(String share, java.util.function.Function<RunFigures.KnownLate, Duration> of) {
    gauge(
        "reelbatch.end.known.late",
        "How late at most the end of a task was known, for that share of them.",
        "seconds",
        Tags.of("share", share),
        now -> now.knownLate() == null ? Double.NaN : seconds(of.apply(now.knownLate())));
  }

  private void registerVideos() {
    videos(
        "reelbatch.videos.fetched",
        "Videos that this run has fetched.",
        null,
        RunFigures.Videos::fetched);
    videos("reelbatch.videos", "What they have together.", "bytes", RunFigures.Videos::bytes);
    videos(
        "reelbatch.videos.given.up",
        "Videos that this run gave up.",
        null,
        RunFigures.Videos::givenUp);
    gauge(
        "reelbatch.videos.left",
        "Videos that this run knows of and has not fetched yet.",
        null,
        Tags.empty(),
        now -> now.videos() == null ? 0 : now.videos().left());
  }

  private void videos(
      String name,
      String description,
      @Nullable String unit,
      ToDoubleFunction<RunFigures.Videos> value) {
    FunctionCounter.builder(
            name,
            this,
            meters ->
                meters.of(now -> now.videos() == null ? 0 : value.applyAsDouble(now.videos())))
        .description(description)
        .baseUnit(unit)
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      @Nullable String unit,
      Tags tags,
      ToDoubleFunction<RunFigures> value) {
    Gauge.builder(name, this, meters -> meters.of(value))
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private double of(ToDoubleFunction<RunFigures> value) {
    RunFigures now = pace;
    return now == null ? Double.NaN : value.applyAsDouble(now);
  }

  private static double seconds(@Nullable Duration time) {
    return time == null ? 0 : time.toMillis() / 1000.0;
  }
}
