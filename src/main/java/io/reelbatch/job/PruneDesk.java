package io.reelbatch.job;

import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Forgotten;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LedgerFile;
import io.reelbatch.ledger.Retention;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/** Forgets what was asked and answered long ago, never what was paid. */
public final class PruneDesk {

  private static final Logger log = LoggerFactory.getLogger(PruneDesk.class);
  private static final Duration LEAST = Duration.ofDays(1);

  private final HomeUse use;
  private final Duration olderThan;
  private final @Nullable BatchName batch;

  /**
   * Opens nothing yet.
   *
   * @param olderThan what happened longer ago is forgotten
   * @param batch the only one that is looked at; null for all
   */
  public PruneDesk(HomeUse use, Duration olderThan, @Nullable BatchName batch) {
    this.use = use;
    this.olderThan = olderThan;
    this.batch = batch;
  }

  /**
   * What {@link #prune} would forget; changes nothing. Blocks.
   *
   * @throws DeskException if the home or the batch cannot be had
   */
  public Pruning look() {
    return explained(() -> inHome(Retention::look));
  }

  /**
   * Forgets it, then makes the ledger's file smaller. Killed at any moment, the same again does the
   * rest. Blocks.
   *
   * @throws DeskException if the home or the batch cannot be had; what was forgotten by then stays
   *     so
   */
  public Pruning prune() {
    return explained(() -> shrunk(inHome(Retention::forget)));
  }

  private Pruning inHome(BiFunction<Retention, BatchRecord, Forgotten> work)
      throws InterruptedException, IOException {
    if (olderThan.compareTo(LEAST) < 0) {
      throw new UsageException(
          Message.of(
              "--older-than is at least 1d: until then people may still look at what came of a run."
                  + " Nothing was forgotten"));
    }
    if (!use.home().ledger().exists() && !use.home().hasBegun()) {
      return new Pruning(List.of(), 0, 0, null);
    }
    long before = use.home().ledger().bytes();
    List<Forgotten> forgotten =
        Session.in(
            use,
            LedgerConfiguration.class,
            context -> {},
            context -> {
              Batches batches = context.getBean(Batches.class);
              BatchOpening.refuseLostLedger(use.home(), batches);
              Retention retention = retention(context);
              return chosen(batches).stream()
                  .flatMap(each -> alone(context, each, () -> work.apply(retention, each)).stream())
                  .toList();
            });
    return new Pruning(forgotten, before, use.home().ledger().bytes(), null);
  }

  /** Other runs may use a server's ledger: a batch that one of them has is not old. */
  @SuppressWarnings("try") // held, not used
  private Optional<Forgotten> alone(
      ApplicationContext context, BatchRecord each, Supplier<Forgotten> work) {
    try (BatchHold hold =
        BatchHold.take(
            context.getBean(LedgerOpening.class),
            context.getBean(Batches.class),
            each.name(),
            batch == null ? Duration.ZERO : use.lockWait())) {
      return Optional.of(work.get());
    } catch (InUseException e) {
      if (batch != null) {
        throw e;
      }
      return Optional.empty();
    } catch (InterruptedException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Retention retention(ApplicationContext context) {
    InstantSource clock = context.getBean(InstantSource.class);
    return new Retention(
        context.getBean(LedgerDatabase.class),
        clock,
        clock.instant().minus(olderThan),
        context.getBean(PollProperties.class).askLostFor());
  }

  private List<BatchRecord> chosen(Batches batches) {
    return batch == null ? batches.all() : List.of(Desk.find(batches, batch, use.home()));
  }

  /** Once nobody has it open, which nobody may before it is closed. */
  @SuppressWarnings("try") // the lock is held, not used
  private Pruning shrunk(Pruning done) throws InterruptedException, IOException {
    LedgerFile file = use.home().ledger();
    if (!file.exists()) {
      return done;
    }
    try (HomeLock lock = HomeLock.take(use.home(), use.lockWait(), use.what())) {
      file.shrink();
      return new Pruning(done.batches(), done.bytesBefore(), file.bytes(), null);
    } catch (IOException | SQLException | InUseException e) {
      log.warn("the ledger's file could not be made smaller", e);
      Message why = e instanceof IOException io ? DiskTrouble.words(io) : Message.of(e);
      return new Pruning(done.batches(), done.bytesBefore(), file.bytes(), why);
    }
  }

  private interface Work {
    Pruning run() throws InterruptedException, IOException;
  }

  private Pruning explained(Work work) {
    try {
      return work.run();
    } catch (RuntimeException | InterruptedException | IOException e) {
      Explanation explanation = Explanation.of(e, use.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }
}
