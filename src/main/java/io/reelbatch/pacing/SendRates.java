package io.reelbatch.pacing;

import io.reelbatch.model.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * When paid requests leave: at a rate for all, and at slower ones for some operations or models.
 *
 * <p>A moment is reserved a little before it comes, so that the intent is on the disk when it does;
 * the thread that sends waits for it. A request that missed its moment, because the disk or the
 * machine stood still, takes a new one: what was missed is made up for little by little over the
 * next minute, never in a burst. The time between reservation and moment follows what a commit
 * takes, and is kept short, because a row that waits there is in doubt if the process dies.
 * Thread-safe.
 */
public final class SendRates {

  private static final Duration FIRST_LEAD = Duration.ofMillis(20);
  private static final Duration SHORTEST_LEAD = Duration.ofMillis(15);
  private static final Duration MARGIN = Duration.ofMillis(5);
  private static final long FADING_THOUSANDTHS = 995;
  private static final Duration LONGEST_LEAD = Duration.ofMillis(150);
  private static final Duration LATE = Duration.ofMillis(10);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final MonotonicClock clock;
  private final Pulse pulse;
  private final Throttle all;
  private final SortedMap<String, Throttle> some = new TreeMap<>();
  private volatile Duration lead = FIRST_LEAD;

  /**
   * Starts empty.
   *
   * @param rate for all requests together
   * @param rates besides, for those of one operation or one model
   */
  public SendRates(
      Rate rate,
      Map<String, Rate> rates,
      MonotonicClock clock,
      Pulse pulse,
      RandomGenerator random) {
    this.clock = clock;
    this.pulse = pulse;
    this.all = Throttle.thatCatchesUp(rate, clock, random);
    rates.forEach((name, slower) -> some.put(name, Throttle.thatCatchesUp(slower, clock, random)));
  }

  /** The throttle that every request passes; the gateway's wishes go to it. */
  public Throttle all() {
    return all;
  }

  /** How many requests could leave now or very soon, at most {@code max}. */
  public int ready(int max) {
    return all.ready(max, lead);
  }

  /** How many of this kind its own rates would let go now or very soon. */
  public int ready(Kind kind, int max) {
    int ready = max;
    for (Throttle throttle : own(kind)) {
      ready = throttle.ready(ready, lead);
    }
    return ready;
  }

  /** How long until a request could be reserved. */
  public Duration untilReady() {
    return before(all);
  }

  /** How long until its own rates let one of this kind be reserved. */
  public Duration untilReady(Kind kind) {
    Duration longest = Duration.ZERO;
    for (Throttle throttle : own(kind)) {
      Duration wait = before(throttle);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    return longest;
  }

  private Duration before(Throttle throttle) {
    Duration wait = throttle.untilNext().minus(throttle.pause().isZero() ? lead : Duration.ZERO);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** Reserves the moment at which a request of this kind leaves. */
  public long reserve(Kind kind) {
    long moment = all.reserve();
    for (Throttle throttle : own(kind)) {
      moment = later(moment, throttle.reserve());
    }
    return moment;
  }

  /** Gives back what was reserved and is not used. */
  public void giveBack(Kind kind) {
    all.giveBack(1);
    own(kind).forEach(throttle -> throttle.giveBack(1));
  }

  /**
   * Waits for the moment; called by the thread that sends, at the very last.
   *
   * @return whether it may leave; not if the gateway has asked for patience meanwhile, or the
   *     moment is far
   */
  public boolean awaitDeparture(Kind kind, long reserved) throws InterruptedException {
    long moment = reserved;
    while (true) {
      if (!all.pause().isZero() || moment - clock.nanos() > LONGEST_WAIT.toNanos()) {
        return false;
      }
      for (long left = moment - clock.nanos(); left > 0; left = moment - clock.nanos()) {
        pulse.pause(Duration.ofNanos(left));
      }
      long next = momentAfterALate(kind, moment);
      if (next == moment) {
        return true;
      }
      moment = next;
    }
  }

  private long momentAfterALate(Kind kind, long moment) {
    long late = clock.nanos() - moment;
    long next = isLate(all, late) ? all.reserveAgain() : moment;
    for (Throttle throttle : own(kind)) {
      next = isLate(throttle, late) ? later(next, throttle.reserveAgain()) : next;
    }
    return next;
  }

  private static boolean isLate(Throttle throttle, long late) {
    return late > Math.max(throttle.interval().toNanos() / 2, LATE.toNanos());
  }

  /** Remembers how long a commit of intents took. */
  public void intentTook(Duration time) {
    Duration wanted = time.multipliedBy(3).dividedBy(2).plus(MARGIN);
    Duration fading = lead.multipliedBy(FADING_THOUSANDTHS).dividedBy(1000);
    Duration longer = wanted.compareTo(fading) > 0 ? wanted : fading;
    Duration bounded = longer.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : longer;
    lead = bounded.compareTo(SHORTEST_LEAD) < 0 ? SHORTEST_LEAD : bounded;
  }

  private List<Throttle> own(Kind kind) {
    if (some.isEmpty()) {
      return List.of();
    }
    List<Throttle> own = new ArrayList<>();
    some.forEach(
        (name, throttle) -> {
          if (kind.isOf(name)) {
            own.add(throttle);
          }
        });
    return own;
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }
}
