package io.reelbatch.pacing;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Permits at a rate. There is none at the start, and never more than a hundredth of a second's
 * worth is saved up, so that no second sees a burst. Thread-safe.
 *
 * <p>Those that catch up come up to a hundredth faster than the rate, and by no more than half a
 * permit a second, until what was missed since the first, at most a second's worth, is made up for;
 * on the whole they stay a little below the rate, for another clock counts.
 */
final class Permits {

  private static final long SAVED_UP = 100;
  private static final int THOUSANDTHS_BELOW = 2;
  private static final int THOUSANDTHS_ABOVE = 10;
  private static final long THOUSANDTHS_ABOVE_A_SECOND = 500;
  private static final long SECONDS_MADE_UP = 1;

  private final Bucket spacing;
  private final @Nullable Bucket average;
  private final long saved;
  private final AtomicBoolean begun = new AtomicBoolean();

  private Permits(Bucket spacing, @Nullable Bucket average, long saved) {
    this.spacing = spacing;
    this.average = average;
    this.saved = saved;
  }

  /** What is not taken in time is gone. */
  static Permits at(Rate rate, MonotonicClock clock) {
    return new Permits(bucket(saving(rate), new Meter(clock, clock.nanos())), null, saved(rate));
  }

  /** What is not taken in time comes a little later. */
  static Permits thatCatchUp(Rate rate, MonotonicClock clock) {
    Meter meter = new Meter(clock, clock.nanos());
    return new Permits(bucket(above(rate), meter), bucket(below(rate), meter), saved(rate));
  }

  private static Bucket bucket(Bandwidth limit, TimeMeter meter) {
    return Bucket.builder().addLimit(limit).withCustomTimePrecision(meter).build();
  }

  private static Bandwidth saving(Rate rate) {
    return bandwidth(rate, saved(rate));
  }

  private static long saved(Rate rate) {
    return Math.max(1, aSecondsWorth(rate) / SAVED_UP);
  }

  private static Bandwidth above(Rate rate) {
    long most = THOUSANDTHS_ABOVE_A_SECOND / Math.max(1, aSecondsWorth(rate));
    return saving(rate.changedBy((int) Math.min(THOUSANDTHS_ABOVE, most)));
  }

  private static Bandwidth below(Rate rate) {
    return bandwidth(rate.changedBy(-THOUSANDTHS_BELOW), aSecondsWorth(rate) * SECONDS_MADE_UP);
  }

  private static Bandwidth bandwidth(Rate rate, long most) {
    return Bandwidth.builder()
        .capacity(Math.max(1, most))
        .refillGreedy(rate.permits(), rate.per())
        .initialTokens(0)
        .build();
  }

  private static long aSecondsWorth(Rate rate) {
    return Duration.ofSeconds(1).toNanos() / Math.max(1, rate.interval().toNanos());
  }

  // Counts from the start: the bucket compares two times with <, and nanoTime() may pass its end.
  record Meter(MonotonicClock clock, long origin) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.nanos() - origin;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** Takes as many as are there, at most {@code max}. */
  int take(int max) {
    if (average == null) {
      return (int) spacing.tryConsumeAsMuchAsPossible(max);
    }
    long most = Math.min(max, average.getAvailableTokens());
    long taken = most <= 0 ? 0 : spacing.tryConsumeAsMuchAsPossible(most);
    return taken > 0 && average.consumeIgnoringRateLimits(taken) == 0 ? (int) taken : 0;
  }

  /** Takes one, whether it is there or still to come; returns the nanoseconds until it is. */
  long reserve() {
    long wait = reserveAgain();
    if (average == null) {
      return wait;
    }
    if (!begun.getAndSet(true)) {
      long missed = average.getAvailableTokens() - saved;
      boolean unused = missed > 0 && average.tryConsume(missed); // nothing was missed yet
    }
    return Math.max(wait, average.consumeIgnoringRateLimits(1));
  }

  /**
   * The same for one that was reserved and missed: as a burst is avoided it waits its turn, but on
   * average it counts once.
   */
  long reserveAgain() {
    return spacing.consumeIgnoringRateLimits(1);
  }

  void giveBack(int unused) {
    spacing.addTokens(unused);
    if (average != null) {
      average.addTokens(unused);
    }
  }

  /** How many are there now. */
  long there() {
    long there = spacing.getAvailableTokens();
    return average == null ? there : Math.min(there, average.getAvailableTokens());
  }

  /** Nanoseconds until one is there. */
  long untilOne() {
    long wait = untilOne(spacing);
    return average == null ? wait : Math.max(wait, untilOne(average));
  }

  private static long untilOne(Bucket bucket) {
    return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  /** They come at another rate from now on. */
  void change(Rate rate) {
    change(spacing, average == null ? saving(rate) : above(rate));
    if (average != null) {
      change(average, below(rate));
    }
  }

  private static void change(Bucket bucket, Bandwidth limit) {
    bucket.replaceConfiguration(
        BucketConfiguration.builder().addLimit(limit).build(), TokensInheritanceStrategy.AS_IS);
  }
}
