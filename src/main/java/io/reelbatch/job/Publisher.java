package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.pacing.RunControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes where the batch of a run stands, beside the ledger, which no other process can open
 * meanwhile. Never fails: a run does not hang on it. Used by one thread at a time.
 */
final class Publisher {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final long AT_MOST_EVERY = Duration.ofSeconds(1).toNanos();

  private final Home home;
  private final RunId run;
  private final BatchName batch;
  private final Supplier<Counts> counts;
  private final Supplier<List<Money>> committed;
  private final RunControl control;
  private final Supplier<Map<Kind, Reason>> paused;
  private final Outlook outlook;
  private final InstantSource time;
  private final Instant startedAt;
  private @Nullable Seen published;
  private long publishedAt;

  /** What makes it worth publishing again; the time that passes does not. */
  private record Seen(
      Counts counts, Optional<RunControl.Halted> halted, Map<Kind, Reason> paused) {}

  /**
   * Of a run that begins now.
   *
   * @param committed all that the batch has spent, reserved or in doubt
   * @param paused kinds of rows that are kept back
   */
  Publisher(
      Home home,
      RunId run,
      BatchName batch,
      Supplier<Counts> counts,
      Supplier<List<Money>> committed,
      RunControl control,
      Supplier<Map<Kind, Reason>> paused,
      Outlook outlook,
      InstantSource time) {
    this.home = home;
    this.run = run;
    this.batch = batch;
    this.counts = counts;
    this.committed = committed;
    this.control = control;
    this.paused = paused;
    this.outlook = outlook;
    this.time = time;
    this.startedAt = time.instant();
  }

  /** Publishes if something has changed, once a second at most. */
  void nowAndThen() {
    Seen now = seen();
    long at = outlook.since().toNanos();
    if (now.equals(published) || (published != null && at - publishedAt < AT_MOST_EVERY)) {
      return;
    }
    published = now;
    publishedAt = at;
    publish(now, null);
  }

  /** Publishes how the run ended. */
  void ended(Ending ending) {
    publish(seen(), ending);
  }

  private Seen seen() {
    return new Seen(counts.get(), control.halted(), paused.get());
  }

  private void publish(Seen seen, @Nullable Ending ending) {
    try {
      home.publish(JsonMapper.shared().writeValueAsString(standing(seen, ending)) + "\n");
    } catch (RuntimeException e) {
      log.debug("how far the run is could not be published", e);
    }
  }

  private Standing standing(Seen seen, @Nullable Ending ending) {
    Double pace = outlook.rowsPerMinute(seen.counts());
    Duration left = outlook.timeLeft(seen.counts());
    Instant now = time.instant();
    Map<String, Standing.Stop> kept = new TreeMap<>();
    seen.paused().forEach((kind, reason) -> kept.put(kind.name(), stop(reason)));
    return new Standing(
        batch.value(),
        now,
        seen.counts().byState(),
        committed.get().stream().map(Standing.Cost::of).toList(),
        null,
        ending != null || left == null ? null : left.toSeconds(),
        new Standing.Run(
            run.value(),
            ProcessHandle.current().pid(),
            startedAt,
            ending == null ? null : now,
            ending == null ? null : ending.word(),
            ending == null ? null : ending.code(),
            pace == null ? null : Math.round(pace * 100) / 100.0,
            seen.halted().map(Publisher::stop).orElse((Standing.Stop) null),
            kept));
  }

  private static Standing.Stop stop(Reason reason) {
    return new Standing.Stop(
        reason.code(), reason.message(Language.EN), reason.message(Language.ZH));
  }

  private static Standing.Stop stop(RunControl.Halted halted) {
    Message seen = Message.of("{0} ({1})", Message.ofText(halted.cause().text()), halted.reason());
    return new Standing.Stop(halted.cause().name(), seen.toString(), seen.in(Language.ZH));
  }

  /** What the last run of a home published; empty if that cannot be read. */
  static Optional<Standing> published(Home home) {
    try {
      return home.published().map(text -> JsonMapper.shared().readValue(text, Standing.class));
    } catch (JacksonException e) {
      log.debug("what the last run published cannot be read", e);
      return Optional.empty();
    }
  }
}
