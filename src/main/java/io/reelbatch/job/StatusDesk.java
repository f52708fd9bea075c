package io.reelbatch.job;

import io.reelbatch.ledger.BatchLock;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.LastRun;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.TimesTaken;
import io.reelbatch.ledger.Waiting;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Says where batches stand: by the ledger, or while a run has that, by what the run publishes.
 * Changes nothing and needs no key.
 */
public final class StatusDesk {

  private final HomeUse use;

  /** Opens nothing yet. Waits for the home only while someone has it who publishes nothing. */
  public StatusDesk(HomeUse use) {
    this.use = use;
  }

  /**
   * All batches of the home; while a run goes on, that one alone. Blocks.
   *
   * @throws DeskException if neither can be had
   */
  public Standings all() {
    return look(
        new Standings(true, List.of()),
        context ->
            new Standings(
                true,
                context.getBean(Batches.class).all().stream()
                    .map(batch -> standing(batch, context))
                    .toList()),
        running -> new Standings(false, List.of(running)));
  }

  /**
   * One batch. Blocks.
   *
   * @throws DeskException if there is no such batch, or a run of another one goes on
   */
  public Standing of(BatchName name) {
    Optional<Standing> found =
        look(
            Optional.empty(),
            context ->
                context.getBean(Batches.class).find(name).map(batch -> standing(batch, context)),
            running -> Optional.of(own(running, name)));
    return found.orElseThrow(
        () ->
            new DeskException(
                Ending.USAGE,
                Message.of(
                    "there is no batch {0} in {1}; 'batches' lists those that are there, --home names"
                        + " another home",
                    name, use.home().path()),
                null));
  }

  /** How long ago that was. */
  public Duration age(Standing standing) {
    Duration age = Duration.between(standing.at(), Instant.now());
    return age.isNegative() ? Duration.ZERO : age; // a clock that was set back
  }

  private static Standing own(Standing running, BatchName name) {
    if (running.batch().equals(name.value())) {
      return running;
    }
    throw new DeskException(
        Ending.LOCKED,
        Message.of(
            "a run of batch {0} goes on; batch {1} can be seen when it has ended",
            running.batch(), name),
        null);
  }

  private <T> T look(
      T nothing, Function<ApplicationContext, T> byLedger, Function<Standing, T> byRun) {
    Home home = use.home();
    if (!home.ledger().exists() && !home.hasBegun() && !LedgerChoice.isServer(use.settings())) {
      return nothing;
    }
    try {
      long start = System.nanoTime();
      while (true) {
        try {
          return byLedger(byLedger);
        } catch (InUseException e) {
          Optional<Standing> running = running(home);
          if (running.isPresent()) {
            return byRun.apply(running.get());
          }
          if (System.nanoTime() - start >= use.lockWait().toNanos()) {
            throw e;
          }
          Thread.sleep(HomeLock.RETRY.toMillis());
        }
      }
    } catch (DeskException e) {
      throw e;
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, home);
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }

  private <T> T byLedger(Function<ApplicationContext, T> work) throws InterruptedException {
    HomeUse atOnce =
        new HomeUse(use.home(), Duration.ZERO, use.what(), null, use.origin(), use.settings());
    return Session.in(
        atOnce,
        LedgerConfiguration.class,
        context -> {},
        context -> {
          BatchOpening.refuseLostLedger(use.home(), context.getBean(Batches.class));
          return work.apply(context);
        });
  }

  /** What the run that has the home published; empty while another command has it. */
  private static Optional<Standing> running(Home home) {
    return Publisher.published(home).filter(standing -> goesOn(standing.run(), home));
  }

  private static boolean goesOn(Standing.@Nullable Run run, Home home) {
    return run != null
        && run.endedAt() == null
        && run.pid() != null
        && HomeLock.wasTakenBy(run.pid(), home);
  }

  private Standing standing(BatchRecord batch, ApplicationContext context) {
    Batches batches = context.getBean(Batches.class);
    Counts counts = batches.counts(batch);
    Waiting waiting = batches.waiting(batch);
    long left = Outlook.left(counts) - waiting.forDoubts();
    Duration time =
        left <= 0
            ? null
            : Forecast.making(
                new TimesTaken(context.getBean(LedgerDatabase.class), batch),
                left,
                context.getBean(SubmitProperties.class));
    return new Standing(
        batch.name().value(),
        context.getBean(InstantSource.class).instant(),
        counts.byState(),
        batches.spent(batch).stream().map(Standing.Cost::of).toList(),
        new Standing.Waits(waiting.rows(), waiting.forDoubts(), waiting.longestChain()),
        time == null ? null : time.toSeconds(),
        batches
            .lastRun(batch)
            .map(last -> run(batch, last, context.getBean(LedgerDatabase.class)))
            .orElse((Standing.Run) null));
  }

  /** What the run itself said last is more than Spring Batch notes; a killed one said nothing. */
  private Standing.Run run(BatchRecord batch, LastRun last, LedgerDatabase database) {
    return Publisher.published(use.home())
        .filter(said -> said.batch().equals(batch.name().value()))
        .map(Standing::run)
        .filter(said -> endedAfter(last.startedAt(), said))
        .orElseGet(
            () ->
                new Standing.Run(
                    null,
                    null,
                    last.startedAt(),
                    last.endedAt(),
                    ending(batch, last, database),
                    null,
                    null,
                    null,
                    Map.of()));
  }

  /** Null while a run of another home, perhaps on another machine, goes on. */
  private static @Nullable String ending(BatchRecord batch, LastRun last, LedgerDatabase database) {
    if (last.endedAt() != null) {
      return last.status().toLowerCase(Locale.ROOT);
    }
    return BatchLock.isTaken(database, batch.name()) ? null : "killed";
  }

  private static boolean endedAfter(Instant start, Standing.@Nullable Run run) {
    return run != null && run.endedAt() != null && run.endedAt().isAfter(start);
  }
}
