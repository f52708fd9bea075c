package io.reelbatch.pacing;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.reelbatch.model.RateAdvice;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests go at a rate, and not at all while the gateway asks for patience.
 *
 * <p>Starts empty: a process that was just restarted sends its first request no earlier than one
 * that went on, so a crash loop cannot exceed the rate. Never saves up more than a hundredth of a
 * second's worth, so that no second sees a burst. Permits are taken when they are there, or
 * reserved a little ahead. Thread-safe.
 */
public final class Throttle {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final Duration LONGEST_OBEYED = Duration.ofHours(1);
  private static final long SAVED_UP = 100;
  private static final int FEW_THOUSANDTHS = 5;
  private static final long SECONDS_TO_MAKE_UP = 2;

  private final MonotonicClock clock;
  private final RandomGenerator random;
  private final Bucket bucket;
  private final Rate rate;
  private final boolean catchesUp;
  private volatile long intervalNanos;
  private int strikes;
  private long pausedUntil;

  /** Starts empty, at the given rate; what is not taken is gone. */
  public Throttle(Rate rate, MonotonicClock clock, RandomGenerator random) {
    this(rate, false, clock, random);
  }

  /**
   * A throttle that makes up for what was missed in the last seconds, at half a hundredth more than
   * the rate; on the whole it stays half a hundredth below, for another clock counts.
   */
  static Throttle thatCatchesUp(Rate rate, MonotonicClock clock, RandomGenerator random) {
    return new Throttle(rate, true, clock, random);
  }

  private Throttle(Rate rate, boolean catchesUp, MonotonicClock clock, RandomGenerator random) {
    this.catchesUp = catchesUp;
    this.clock = clock;
    this.random = random;
    this.rate = rate;
    this.intervalNanos = nanos(rate);
    this.pausedUntil = clock.nanos();
    this.bucket =
        builder(limits(rate)).withCustomTimePrecision(new Meter(clock, clock.nanos())).build();
  }

  private static LocalBucketBuilder builder(BucketConfiguration limits) {
    LocalBucketBuilder builder = Bucket.builder();
    for (Bandwidth limit : limits.getBandwidths()) {
      builder.addLimit(limit);
    }
    return builder;
  }

  private BucketConfiguration limits(Rate rate) {
    long aSecondsWorth = Duration.ofSeconds(1).toNanos() / nanos(rate);
    if (!catchesUp) {
      return BucketConfiguration.builder()
          .addLimit(bandwidth(rate, aSecondsWorth / SAVED_UP))
          .build();
    }
    return BucketConfiguration.builder()
        .addLimit(bandwidth(rate.changedBy(FEW_THOUSANDTHS), aSecondsWorth / SAVED_UP))
        .addLimit(bandwidth(rate.changedBy(-FEW_THOUSANDTHS), aSecondsWorth * SECONDS_TO_MAKE_UP))
        .build();
  }

  private static Bandwidth bandwidth(Rate rate, long most) {
    return Bandwidth.builder()
        .capacity(Math.max(1, most))
        .refillGreedy(rate.permits(), rate.per())
        .initialTokens(0)
        .build();
  }

  private static long nanos(Rate rate) {
    return Math.max(1, rate.interval().toNanos());
  }

  // Counts from the start: the bucket compares two times with <, and nanoTime() may pass its end.
  private record Meter(MonotonicClock clock, long origin) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.nanos() - origin;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** Takes as many as may go now, at most {@code max}; 0 when none may. */
  public int take(int max) {
    if (max <= 0 || !pause().isZero()) {
      return 0;
    }
    return (int) bucket.tryConsumeAsMuchAsPossible(max);
  }

  /** Gives back what was taken and not used. */
  public void giveBack(int unused) {
    if (unused > 0) {
      bucket.addTokens(unused);
    }
  }

  /**
   * How many could be reserved now whose moments come within that time, at most {@code max}; 0
   * while the gateway asks for patience.
   */
  public int ready(int max, Duration lead) {
    if (max <= 0 || !pause().isZero()) {
      return 0;
    }
    long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    if (wait > lead.toNanos()) {
      return 0;
    }
    long there = wait == 0 ? Math.max(1, bucket.getAvailableTokens()) : 1;
    return (int) Math.min(max, there + (lead.toNanos() - wait) / intervalNanos);
  }

  /**
   * Reserves one permit, whether it is there or still to come.
   *
   * @return the moment on the clock from which on it may be used
   */
  public long reserve() {
    long wait = bucket.consumeIgnoringRateLimits(1);
    return clock.nanos() + Math.max(wait, pause().toNanos());
  }

  /**
   * Does as the gateway says of its own rate.
   *
   * @return whether that is slower than before
   */
  public boolean follow(RateAdvice advice) {
    if (advice.pause() != null) {
      hold(advice.pause());
    }
    return advice.permits() != null
        && advice.per() != null
        && keepTo(new Rate(advice.permits(), advice.per()));
  }

  /** The time between two permits. */
  public Duration interval() {
    return Duration.ofNanos(intervalNanos);
  }

  /**
   * The gateway told its own limit: it is kept from now on if it is lower than ours.
   *
   * @return whether that is slower than before
   */
  public synchronized boolean keepTo(Rate limit) {
    Rate slower = nanos(limit) > nanos(rate) ? limit : rate;
    boolean news = nanos(slower) > intervalNanos;
    if (nanos(slower) != intervalNanos) {
      intervalNanos = nanos(slower);
      bucket.replaceConfiguration(limits(slower), TokensInheritanceStrategy.AS_IS);
    }
    return news;
  }

  /** How long until one more may go, as far as is known. */
  public Duration untilNext() {
    Duration pause = pause();
    if (!pause.isZero()) {
      return pause;
    }
    return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  /** What is left of the pause that the gateway asked for; zero when there is none. */
  public synchronized Duration pause() {
    return Duration.ofNanos(Math.max(0, pausedUntil - clock.nanos()));
  }

  /**
   * The gateway asked to wait, or could not be reached: nobody goes for a while. Answers to
   * requests that were under way together count once.
   *
   * @param asked how long the gateway asked for; null when it did not say, or nothing, which a
   *     gateway whose clock is behind ours says, too: then 1 s, doubled each time up to 2 min. Up
   *     to a quarter is added at random, so that many do not come back at once
   */
  public synchronized void hold(@Nullable Duration asked) {
    long now = clock.nanos();
    boolean unsaid = asked == null || asked.isZero() || asked.isNegative();
    if (unsaid && pausedUntil - now > 0) {
      return;
    }
    Duration base = asked == null || unsaid ? nextBackOff() : min(asked, LONGEST_OBEYED);
    long jitter = (long) (base.toNanos() * random.nextDouble() / 4);
    long until = now + base.toNanos() + jitter;
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
  }

  /** A request went through: the next back-off starts small again. */
  public synchronized void wentThrough() {
    strikes = 0;
  }

  private Duration nextBackOff() {
    Duration backOff = FIRST_PAUSE.multipliedBy(1L << Math.min(strikes, 10));
    strikes++;
    return min(backOff, LONGEST_PAUSE);
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
