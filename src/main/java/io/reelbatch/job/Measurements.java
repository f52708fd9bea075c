package io.reelbatch.job;

import io.reelbatch.collect.CollectPace;
import io.reelbatch.ledger.BatchMoney;
import io.reelbatch.ledger.Committed;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.metrics.BatchFigures;
import io.reelbatch.metrics.RunFigures;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.poll.PollPace;
import io.reelbatch.submit.SubmitPace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the figures of a run from those who have them. Used by one thread at a time. */
final class Measurements {

  private static final Duration LINKS_EVERY = Duration.ofMinutes(5);

  private final Ledger ledger;
  private final BatchMoney money;
  private final Terms terms;
  private final SubmitPace submit;
  private final PollPace poll;
  private final Optional<InFlight> downloads;
  private final RunControl control;
  private final Outlook outlook;
  private final Promptness promptness;
  private final Fetching fetching;
  private final InstantSource clock;
  private @Nullable Instant linksLookedAt;
  private @Nullable Instant nextLinkToDie;

  Measurements(
      Ledger ledger,
      BatchMoney money,
      Terms terms,
      SubmitPace submit,
      PollPace poll,
      @Nullable CollectPace collect,
      RunControl control,
      Outlook outlook,
      Promptness promptness,
      Fetching fetching,
      InstantSource clock) {
    this.ledger = ledger;
    this.money = money;
    this.terms = terms;
    this.submit = submit;
    this.poll = poll;
    this.downloads = Optional.ofNullable(collect).map(CollectPace::inFlight);
    this.control = control;
    this.outlook = outlook;
    this.promptness = promptness;
    this.fetching = fetching;
    this.clock = clock;
  }

  /** Where the batch stands. */
  BatchFigures batch() {
    Instant now = clock.instant();
    return new BatchFigures(
        ledger.counts().byState(),
        money.committed().stream().map(Measurements::cost).toList(),
        money.caps(terms.caps(), now).stream()
            .map(
                use ->
                    new BatchFigures.Cap(
                        use.period(),
                        use.cap().currency().getCurrencyCode(),
                        use.cap().amount().doubleValue(),
                        use.used().amount().doubleValue()))
            .toList(),
        nextLinkToDie(now));
  }

  private static BatchFigures.Cost cost(Committed all) {
    return new BatchFigures.Cost(
        all.charged().currency().getCurrencyCode(),
        all.charged().amount().doubleValue(),
        all.reserved().amount().doubleValue(),
        all.inDoubt().amount().doubleValue());
  }

  private @Nullable Instant nextLinkToDie(Instant now) {
    if (linksLookedAt == null || linksLookedAt.plus(LINKS_EVERY).isBefore(now)) {
      linksLookedAt = now;
      nextLinkToDie = money.nextLinkToDie(now).orElse((Instant) null);
    }
    return nextLinkToDie;
  }

  /** Looks at the links anew the next time: the run is over. */
  void forgetLinks() {
    linksLookedAt = null;
  }

  /** How the run goes. */
  RunFigures run() {
    Counts counts = ledger.counts();
    Map<String, Integer> inFlight = new LinkedHashMap<>();
    inFlight.put("send", submit.inFlight().running());
    inFlight.put("poll", poll.inFlight().running());
    downloads.ifPresent(running -> inFlight.put("download", running.running()));
    return new RunFigures(
        inFlight,
        1e9 / Math.max(1, submit.rates().all().interval().toNanos()),
        Map.of("send", submit.rates().all().pause(), "poll", poll.throttle().pause()),
        submit.active().limit(),
        submit.brakes().paused().size(),
        control.halted().map(RunControl.Halted::cause).orElse(null),
        outlook.rowsPerMinute(counts),
        outlook.timeLeft(counts),
        promptness
            .summary()
            .map(late -> new RunFigures.KnownLate(late.half(), late.most()))
            .orElse(null),
        videos());
  }

  private RunFigures.@Nullable Videos videos() {
    Progress.Videos progress = fetching.progress().orElse((Progress.Videos) null);
    FetchedVideos fetched = fetching.summary().orElse((FetchedVideos) null);
    return progress == null || fetched == null
        ? null
        : new RunFigures.Videos(
            fetched.fetched(), fetched.bytes(), fetched.givenUp(), progress.left());
  }
}
