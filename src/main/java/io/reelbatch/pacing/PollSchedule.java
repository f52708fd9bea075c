package io.reelbatch.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * When each open task is asked after next: the longest overdue first, so that old tasks are not
 * starved when the poll rate is short. Not thread-safe: its lock is the caller's.
 *
 * @param <T> what is asked after
 */
public final class PollSchedule<T> {

  private record Due<T>(long at, long number, T task) {}

  private final MonotonicClock clock;
  private final RandomGenerator random;
  private final PriorityQueue<Due<T>> queue =
      new PriorityQueue<>(Comparator.<Due<T>>comparingLong(Due::at).thenComparingLong(Due::number));
  private final long origin;
  private long numbers;

  /** An empty schedule. */
  public PollSchedule(MonotonicClock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
    this.origin = clock.nanos();
  }

  /** Asks after the task in that time, give or take a tenth, so that tasks sent together spread. */
  public void in(Duration delay, T task) {
    double spread = 0.9 + random.nextDouble() / 5;
    queue.add(new Due<>(now() + (long) (delay.toNanos() * spread), numbers++, task));
  }

  /** Takes the tasks that are due, at most so many. */
  public List<T> due(int max) {
    List<T> due = new ArrayList<>();
    while (due.size() < max) {
      Due<T> first = queue.peek();
      if (first == null || first.at() > now()) {
        break;
      }
      queue.remove();
      due.add(first.task());
    }
    return due;
  }

  /** How long until the first is due; a long time when there is none. */
  public Duration untilFirst() {
    Due<T> first = queue.peek();
    return first == null ? Duration.ofDays(1) : Duration.ofNanos(Math.max(0, first.at() - now()));
  }

  /** Tasks that wait to be asked after. */
  public int size() {
    return queue.size();
  }

  private long now() {
    return clock.nanos() - origin;
  }
}
