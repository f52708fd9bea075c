package io.reelbatch.job;

import io.reelbatch.pacing.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run whose ledger's file broke, where it cannot end by itself: once H2 could not write, a
 * statement may go round for ever ({@code MVStore.registerVersionUsage}, 2.4.240; seen in 2 of 45
 * runs on a full disk), and with it whoever waits for it. Looks from a thread of its own, which
 * asks the database nothing.
 */
final class LedgerGuard implements AutoCloseable {

  /** In what time a run ends by itself, once its requests were answered. */
  static final Duration BY_ITSELF = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(LedgerGuard.class);
  private static final long LOOK_EVERY_SECONDS = 1;
  private static final Duration LONGEST_WORDS = Duration.ofSeconds(15);

  /** Tells those who watch from outside that the run ended, which nobody else will do. */
  interface LastWords {
    void tell();
  }

  private final BooleanSupplier broken;
  private final Runnable giveUp;
  private final Duration grace;
  private final MonotonicClock clock;
  private final LastWords lastWords;
  private final Runnable halt;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread guard = new Thread(task, "ledger-guard");
            guard.setDaemon(true);
            return guard;
          });
  private volatile @Nullable Long since;

  /**
   * Looks at nothing until it is started.
   *
   * @param broken whether the file takes no more, asked of no database
   * @param giveUp lets those go who wait for a write: ids of paid tasks go to the rescue file
   * @param grace how long requests under way may take to be answered, and the run to end by itself
   * @param lastWords cut off after {@link #LONGEST_WORDS}
   * @param halt ends the process at once
   */
  LedgerGuard(
      BooleanSupplier broken,
      Runnable giveUp,
      Duration grace,
      MonotonicClock clock,
      LastWords lastWords,
      Runnable halt) {
    this.broken = broken;
    this.giveUp = giveUp;
    this.grace = grace;
    this.clock = clock;
    this.lastWords = lastWords;
    this.halt = halt;
  }

  /** Looks every second from now on. */
  LedgerGuard start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS); // until closed
    return this;
  }

  void look() {
    Long seen = since;
    if (seen == null && broken.getAsBoolean()) {
      since = clock.nanos();
      giveUp.run();
    } else if (seen != null && clock.nanos() - seen >= grace.toNanos()) {
      log.error(
          "the ledger's file takes no more, and the run cannot end by itself: it is ended. Nothing"
              + " is paid twice; ids of paid tasks that the ledger did not take are in rescue.jsonl."
              + " See that the disk has room, then run the same command again");
      end();
    }
  }

  private void end() {
    Thread telling = new Thread(lastWords::tell, "last-words");
    telling.setDaemon(true);
    telling.start();
    try {
      telling.join(LONGEST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    halt.run();
  }

  /** The run has ended. Of a broken file it goes on looking: closing it may not end either. */
  @Override
  public void close() {
    if (since == null) {
      thread.shutdown();
    }
  }
}
