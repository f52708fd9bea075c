package io.reelbatch.pacing;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to ask after a task: learned from how long tasks of its {@link Effort} took so far, and from
 * the progress that the gateway reports, as long as that has foretold ends well.
 *
 * <p>The first poll comes when that makes ends known soonest ({@link EndTimes}), or where progress
 * foretells ends, when one task in 25 has ended. Between two polls lies never less than the
 * interval, for the gateway itself knows nothing newer, and hardly more: up to twice as long if
 * that meets the foretold end, and more for a task that takes ten times what is usual. Not
 * thread-safe.
 */
public final class TaskTimes {

  private static final int ENOUGH = 5;
  private static final int FORETOLD = 20;
  private static final double SPREAD = 0.05;
  private static final int STRAGGLES = 10;
  private static final int PART_OF_A_STRAGGLERS_AGE = 20;
  private static final int LONGEST_STRETCH = 10;
  private static final int MOST_EFFORTS = 1000;
  private static final int ONE_IN_TEN = 10;
  private static final Duration AFTER_THE_END = Duration.ofMillis(5);
  private static final Duration LONGEST_FIRST = Duration.ofHours(1);

  private final Function<Effort, Duration> first;
  private final Duration interval;
  private final RandomGenerator random;
  private final Map<Effort, Known> known = new LinkedHashMap<>();

  private final class Known {
    private final EndTimes ends = new EndTimes(interval);
    private final Deque<Boolean> foretold = new ArrayDeque<>();

    private boolean progressCanBeTrusted() {
      long wrong = foretold.stream().filter(right -> !right).count();
      return foretold.size() >= ENOUGH && wrong * ONE_IN_TEN <= foretold.size();
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param first time from acceptance to the first poll while nothing is learned
   * @param interval the least time between two polls of a task
   */
  public TaskTimes(Duration first, Duration interval, RandomGenerator random) {
    this(effort -> first, interval, random);
  }

  /**
   * Knows nothing yet, but how long tasks are said to take.
   *
   * @param first time from acceptance to the first poll while nothing is learned of an effort
   * @param interval the least time between two polls of a task
   */
  public TaskTimes(Function<Effort, Duration> first, Duration interval, RandomGenerator random) {
    this.first = first;
    this.interval = interval;
    this.random = random;
  }

  /**
   * A task has ended.
   *
   * @param working its age when it was last heard to be working; zero if it never was
   * @param told its age when its end was told
   */
  public void ended(Effort effort, Duration working, Duration told) {
    if (!told.isNegative() && !working.isNegative()) {
      of(effort).ends.add(working, told);
    }
  }

  /**
   * A task has ended whose end the gateway's progress had foretold.
   *
   * @param foretold its age at the end, as foretold at the last poll but one
   * @param told its age when its end was told
   */
  public void compared(Effort effort, Duration foretold, Duration told) {
    Deque<Boolean> right = of(effort).foretold;
    right.addLast(foretold.compareTo(told.plus(interval.dividedBy(ONE_IN_TEN))) <= 0);
    if (right.size() > FORETOLD) {
      right.removeFirst();
    }
  }

  /** Time from acceptance to the first poll. */
  public Duration firstPoll(Effort effort) {
    Known times = known.get(effort);
    if (times == null || !times.ends.isEnough()) {
      return first.apply(effort);
    }
    Duration learned = times.progressCanBeTrusted() ? times.ends.early() : times.ends.best();
    return learned.compareTo(LONGEST_FIRST) > 0 ? LONGEST_FIRST : learned;
  }

  /**
   * The age that a task will have at its end by its progress; empty if that says nothing.
   *
   * @param percent as the gateway says, rounded down
   */
  public static Optional<Duration> foretold(Duration age, @Nullable Integer percent) {
    return percent == null || percent < 1 || percent > 99 || age.isNegative()
        ? Optional.empty()
        : Optional.of(age.multipliedBy(100).dividedBy(percent));
  }

  /**
   * Time to the next poll of a task that is still working.
   *
   * @param percent as the gateway says; null if it does not
   */
  public Duration nextPoll(Effort effort, Duration age, @Nullable Integer percent) {
    Known times = known.get(effort);
    if (times != null && times.progressCanBeTrusted()) {
      Optional<Duration> end = foretold(age, percent);
      if (end.isPresent()) {
        return towards(end.get().minus(age).plus(AFTER_THE_END));
      }
    }
    return spread(times != null && times.ends.isEnough() ? stretched(times, age) : interval);
  }

  /** Time to the next poll of a task of which nothing was heard. */
  public Duration again() {
    return spread(interval);
  }

  // Steps of equal length, none shorter than the interval, the last of which ends with the task.
  private Duration towards(Duration left) {
    long steps = left.toNanos() / Math.max(1, interval.toNanos());
    return steps < 1 ? interval : left.dividedBy(steps);
  }

  private Duration stretched(Known times, Duration age) {
    if (age.dividedBy(STRAGGLES).compareTo(times.ends.most()) <= 0) {
      return interval;
    }
    Duration longest = interval.multipliedBy(LONGEST_STRETCH);
    Duration part = age.dividedBy(PART_OF_A_STRAGGLERS_AGE);
    Duration longer = part.compareTo(interval) > 0 ? part : interval;
    return longer.compareTo(longest) > 0 ? longest : longer;
  }

  // So that tasks sent together are not asked after together.
  private Duration spread(Duration delay) {
    return delay.plusNanos((long) ((double) delay.toNanos() * SPREAD * random.nextDouble()));
  }

  private Known of(Effort effort) {
    if (known.size() >= MOST_EFFORTS && !known.containsKey(effort)) {
      known.remove(known.keySet().iterator().next());
    }
    return known.computeIfAbsent(effort, unknown -> new Known());
  }
}
