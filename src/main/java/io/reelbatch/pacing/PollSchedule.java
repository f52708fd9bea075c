package io.reelbatch.pacing;

import io.reelbatch.model.Effort;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When each open task is asked after next: the longest overdue first, so that old tasks are not
 * starved when the poll rate is short. What is learned of an effort meanwhile moves the first polls
 * of all its tasks. Not thread-safe: its lock is the caller's.
 *
 * @param <T> what is asked after
 */
public final class PollSchedule<T> {

  private record Due<T>(long at, long number, T task) {}

  private final MonotonicClock clock;
  private final Function<Effort, Duration> first;
  private final Map<Effort, Deque<Due<T>>> arrivals = new HashMap<>();
  private final PriorityQueue<Due<T>> queue =
      new PriorityQueue<>(Comparator.<Due<T>>comparingLong(Due::at).thenComparingLong(Due::number));
  private final long origin;
  private long numbers;
  private int size;

  /**
   * An empty schedule.
   *
   * @param first how long after it was accepted a task is asked after for the first time
   */
  public PollSchedule(MonotonicClock clock, Function<Effort, Duration> first) {
    this.clock = clock;
    this.first = first;
    this.origin = clock.nanos();
  }

  /**
   * A task that was not asked after yet; those of one effort come in the order of their acceptance.
   *
   * @param age time since it was accepted
   */
  public void arrived(Effort effort, Duration age, T task) {
    arrivals
        .computeIfAbsent(effort, unknown -> new ArrayDeque<>())
        .addLast(new Due<>(now() - age.toNanos(), numbers++, task));
    size++;
  }

  /** Asks after the task in that time. */
  public void in(Duration delay, T task) {
    queue.add(new Due<>(now() + delay.toNanos(), numbers++, task));
    size++;
  }

  /** Takes the tasks that are due, at most so many. */
  public List<T> due(int max) {
    List<T> due = new ArrayList<>();
    while (due.size() < max) {
      Next<T> next = next();
      if (next == null || next.at() > now()) {
        break;
      }
      due.add(take(next));
    }
    return due;
  }

  private T take(Next<T> next) {
    size--;
    Effort effort = next.arrivalOf();
    Deque<Due<T>> waiting = effort == null ? null : arrivals.get(effort);
    if (effort == null || waiting == null) {
      return queue.remove().task();
    }
    T task = waiting.removeFirst().task();
    if (waiting.isEmpty()) {
      arrivals.remove(effort);
    }
    return task;
  }

  /** Which is next: the first arrival of an effort, or the first in the queue. */
  private record Next<T>(long at, long number, @Nullable Effort arrivalOf) {
    boolean isBefore(@Nullable Next<T> other) {
      return other == null || at < other.at || (at == other.at && number < other.number);
    }
  }

  private @Nullable Next<T> next() {
    Due<T> queued = queue.peek();
    Next<T> next = queued == null ? null : new Next<>(queued.at(), queued.number(), null);
    for (Map.Entry<Effort, Deque<Due<T>>> entry : arrivals.entrySet()) {
      Due<T> arrived = entry.getValue().getFirst();
      long at = arrived.at() + first.apply(entry.getKey()).toNanos();
      Next<T> candidate = new Next<>(at, arrived.number(), entry.getKey());
      if (candidate.isBefore(next)) {
        next = candidate;
      }
    }
    return next;
  }

  /** How long until the first is due; a long time when there is none. */
  public Duration untilFirst() {
    Next<T> next = next();
    return next == null ? Duration.ofDays(1) : Duration.ofNanos(Math.max(0, next.at() - now()));
  }

  /** Tasks that wait to be asked after. */
  public int size() {
    return size;
  }

  private long now() {
    return clock.nanos() - origin;
  }
}
