package io.reelbatch.job;

import io.reelbatch.ledger.LearnedLimits;
import io.reelbatch.pacing.ActiveLimit;
import io.reelbatch.pacing.MonotonicClock;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a run learns of the gateway for the next one, also for one after a kill. */
final class LimitKeeper {

  private static final Logger log = LoggerFactory.getLogger(LimitKeeper.class);
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(5);

  private final ActiveLimit limit;
  private final LearnedLimits learned;
  private final MonotonicClock clock;
  private OptionalInt kept = OptionalInt.empty();
  private long keptAt;

  LimitKeeper(ActiveLimit limit, LearnedLimits learned, MonotonicClock clock) {
    this.limit = limit;
    this.learned = learned;
    this.clock = clock;
    this.keptAt = clock.nanos();
  }

  /** Writes it down if it is news, every few seconds at most. */
  synchronized void keepNowAndThen() {
    if (clock.nanos() - keptAt >= NOW_AND_THEN.toNanos()) {
      keep();
    }
  }

  /** Writes it down if it is news. Never fails: a run does not hang on it. */
  synchronized void keep() {
    keptAt = clock.nanos();
    OptionalInt now = limit.learned();
    if (now.isEmpty() || now.equals(kept)) {
      return;
    }
    try {
      learned.keep(now.getAsInt());
      kept = now;
    } catch (RuntimeException e) {
      log.info("the gateway's limit could not be kept for the next run: {}", e.getMessage());
    }
  }
}
