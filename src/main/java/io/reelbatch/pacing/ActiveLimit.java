package io.reelbatch.pacing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks the gateway works on at once, learned from what it refuses.
 *
 * <p>A refusal shows that it had no more slots than we know to be taken: the limit falls to that,
 * and further when it is refused again and again. A task that is heard to have ended leaves a slot,
 * and its row's successor goes at once. Most slots are free before that is heard, so one request at
 * a time tries its luck above the limit: at once while that goes well, after a refusal when about
 * one and a half more tasks should have ended. Tries are rationed so that fewer than one request in
 * three is refused. Each acceptance at the limit raises it a little, faster the further it is
 * exceeded. So it follows the gateway up and down.
 *
 * <p>Never lets more be active than the ceiling. Thread-safe.
 */
public final class ActiveLimit {

  private static final double FIRST_CREDIT = 2;
  private static final double MOST_CREDIT = 4;
  private static final double CREDIT_OF_AN_ACCEPTANCE = 0.44;
  private static final double ENDS_BEFORE_A_TRY = 1.5;
  private static final double WITHOUT_CREDIT = 4;
  private static final int REFUSALS_BEFORE_A_CUT = 4;
  private static final double CUT = 0.8;
  private static final int REMEMBERED = 16;
  private static final int ENOUGH = 4;
  private static final double FIRST_WAIT = 100_000_000; // nanoseconds
  private static final double SHORTEST_WAIT = 20_000_000;
  private static final double LONGEST_WAIT = 30_000_000_000.0;
  private static final Duration UNKNOWN = Duration.ofDays(1);

  private final int ceiling;
  private final MonotonicClock clock;
  private final RandomGenerator random;
  private final Deque<Long> acceptances = new ArrayDeque<>();
  private double limit;
  private double credit = FIRST_CREDIT;
  private int refusals;
  private boolean trying;
  private boolean met;
  private @Nullable Long refusedAt;
  private long notBefore;
  private long notBeforeWithoutCredit;

  /**
   * A request on its way.
   *
   * @param leftAt when it was let go
   * @param others tasks that were active besides, as far as was known
   * @param isTry whether it tries its luck above the limit
   */
  public record Turn(long leftAt, long others, boolean isTry) {}

  /**
   * Starts from what is known.
   *
   * @param ceiling never more than so many
   * @param learned the limit that an earlier run found
   */
  public ActiveLimit(
      int ceiling, OptionalInt learned, MonotonicClock clock, RandomGenerator random) {
    this.ceiling = ceiling;
    this.clock = clock;
    this.random = random;
    this.limit = Math.min(ceiling, Math.max(1, learned.orElse(ceiling)));
    this.notBefore = clock.nanos();
    this.notBeforeWithoutCredit = notBefore;
  }

  /**
   * How many more may be sent now.
   *
   * @param active tasks whose end was not heard, those being sent included
   */
  public synchronized int room(long active) {
    long most = ceiling - active;
    if (most <= 0) {
      return 0;
    }
    long room = (long) limit - active;
    if (room > 0 && active == 0 && refusals > 0) {
      return isOver(notBefore) ? 1 : 0; // somebody else has the slots: nothing will be heard of
    }
    if (room > 0) {
      return (int) Math.min(most, room);
    }
    return mayTry() ? 1 : 0;
  }

  /** Whether the ceiling is reached, so that nothing but the end of a task makes room. */
  public boolean isFull(long active) {
    return active >= ceiling;
  }

  /** How long until time alone may give room; zero if there is some. */
  public synchronized Duration untilRoom(long active) {
    if (room(active) > 0) {
      return Duration.ZERO;
    }
    if (active >= ceiling || trying) {
      return UNKNOWN;
    }
    long until = credit >= 1 || active == 0 ? notBefore : notBeforeWithoutCredit;
    return Duration.ofNanos(Math.max(1, until - clock.nanos()));
  }

  private boolean mayTry() {
    return !trying && isOver(credit >= 1 ? notBefore : notBeforeWithoutCredit);
  }

  private boolean isOver(long moment) {
    return moment - clock.nanos() <= 0;
  }

  /**
   * Lets one go.
   *
   * @param active those that are active besides
   */
  public synchronized Turn leave(long active) {
    boolean isTry = active >= (long) limit;
    trying = trying || isTry;
    return new Turn(clock.nanos(), active, isTry);
  }

  /** The gateway took it. */
  public synchronized void accepted(Turn turn) {
    over(turn);
    acceptances.addLast(clock.nanos());
    if (acceptances.size() > REMEMBERED) {
      acceptances.removeFirst();
    }
    refusals = 0;
    credit = Math.min(MOST_CREDIT, credit + CREDIT_OF_AN_ACCEPTANCE);
    double active = turn.others() + 1.0;
    if (active >= (long) limit) {
      limit = Math.min(ceiling, limit + Math.max(1, active - limit) / limit);
    }
  }

  /**
   * The gateway has no slot for it.
   *
   * @param active those that are active besides, as far as is known
   * @return how many were refused since the last acceptance, one after the other
   */
  public synchronized int refused(Turn turn, long active) {
    over(turn);
    met = true;
    // Those that were under way together say the same thing once.
    boolean isNews = refusedAt == null || turn.leftAt() - refusedAt > 0;
    refusals += isNews ? 1 : 0;
    if (isNews && !turn.isTry() && refusals >= REFUSALS_BEFORE_A_CUT) {
      limit *= CUT;
    }
    limit = Math.max(1, Math.min(limit, (double) active));
    credit = Math.max(-MOST_CREDIT, credit - 1);
    long now = clock.nanos();
    refusedAt = now;
    double wait = Math.min(LONGEST_WAIT, untilEndsAreLikely(now) * doubled());
    wait = Math.max(SHORTEST_WAIT, wait) * (1 + random.nextDouble() / 4);
    notBefore = now + (long) wait;
    notBeforeWithoutCredit = now + (long) (wait * WITHOUT_CREDIT);
    return refusals;
  }

  private double doubled() {
    return Math.pow(2, Math.min(Math.max(0, refusals - 1), 20));
  }

  // As many are accepted in the long run as end.
  private double untilEndsAreLikely(long now) {
    if (acceptances.size() < ENOUGH) {
      return FIRST_WAIT;
    }
    return ENDS_BEFORE_A_TRY * (double) (now - acceptances.getFirst()) / (acceptances.size() - 1);
  }

  /** It ended in another way, or never left. */
  public synchronized void over(Turn turn) {
    if (turn.isTry()) {
      trying = false;
    }
  }

  /** How many tasks it lets be active now. */
  public synchronized int limit() {
    return (int) limit;
  }

  /** What this run knows of the gateway's limit; empty while it was not met. */
  public synchronized OptionalInt learned() {
    return met ? OptionalInt.of((int) limit) : OptionalInt.empty();
  }
}
