package io.reelbatch.pacing;

import io.reelbatch.model.RateAdvice;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests go at a rate, and not at all while the gateway asks for patience.
 *
 * <p>Starts empty: a process that was just restarted sends its first request no earlier than one
 * that went on, so a crash loop cannot exceed the rate. Permits are taken when they are there, or
 * reserved a little ahead. Thread-safe.
 */
public final class Throttle {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final Duration LONGEST_OBEYED = Duration.ofHours(1);

  private final MonotonicClock clock;
  private final RandomGenerator random;
  private final Permits permits;
  private final Rate rate;
  private volatile long intervalNanos;
  private int strikes;
  private long pausedUntil;

  /** Starts empty, at the given rate; what is not taken is gone. */
  public Throttle(Rate rate, MonotonicClock clock, RandomGenerator random) {
    this(rate, Permits.at(rate, clock), clock, random);
  }

  /** A throttle that makes up for what was missed in the last seconds, little by little. */
  static Throttle thatCatchesUp(Rate rate, MonotonicClock clock, RandomGenerator random) {
    return new Throttle(rate, Permits.thatCatchUp(rate, clock), clock, random);
  }

  private Throttle(Rate rate, Permits permits, MonotonicClock clock, RandomGenerator random) {
    this.permits = permits;
    this.clock = clock;
    this.random = random;
    this.rate = rate;
    this.intervalNanos = nanos(rate);
    this.pausedUntil = clock.nanos();
  }

  private static long nanos(Rate rate) {
    return Math.max(1, rate.interval().toNanos());
  }

  /** Takes as many as may go now, at most {@code max}; 0 when none may. */
  public int take(int max) {
    if (max <= 0 || !pause().isZero()) {
      return 0;
    }
    return permits.take(max);
  }

  /** Gives back what was taken and not used. */
  public void giveBack(int unused) {
    if (unused > 0) {
      permits.giveBack(unused);
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
    long wait = permits.untilOne();
    if (wait > lead.toNanos()) {
      return 0;
    }
    long there = wait == 0 ? Math.max(1, permits.there()) : 1;
    return (int) Math.min(max, there + (lead.toNanos() - wait) / intervalNanos);
  }

  /**
   * Reserves one permit, whether it is there or still to come.
   *
   * @return the moment on the clock from which on it may be used
   */
  public long reserve() {
    return clock.nanos() + Math.max(permits.reserve(), pause().toNanos());
  }

  /** Reserves one instead of one that was reserved and missed; else as {@link #reserve}. */
  long reserveAgain() {
    return clock.nanos() + Math.max(permits.reserveAgain(), pause().toNanos());
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
      permits.change(slower);
    }
    return news;
  }

  /** How long until one more may go, as far as is known. */
  public Duration untilNext() {
    Duration pause = pause();
    if (!pause.isZero()) {
      return pause;
    }
    return Duration.ofNanos(permits.untilOne());
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
