package io.reelbatch.pacing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A gateway with so many slots, and a batch that is sent to it as an {@link ActiveLimit} allows.
 * Tasks take about two seconds (lognormal, sigma 0.6); each is asked after at the interval, give or
 * take; a request takes six milliseconds. Time is moved by hand, so a seed always tells the same.
 */
final class PlayedSlots {

  private static final long MILLI = 1_000_000;
  private static final long HALF_WAY = 3 * MILLI;

  private record Event(long at, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final PriorityQueue<Long> running = new PriorityQueue<>();
  private final Deque<Long> rows = new ArrayDeque<>();
  private final HandTime time = new HandTime();
  private final SplittableRandom random;
  private final ActiveLimit limit;
  private final long interval;
  private int slots;
  private long now;
  private long numbers;
  private long active;
  private int inFlight;
  private int refusals;
  private long lastEnd;
  private double greedy;

  PlayedSlots(long seed, int intervalMillis, int slots, int ceiling) {
    this.random = new SplittableRandom(seed);
    this.interval = intervalMillis * MILLI;
    this.slots = slots;
    this.limit = new ActiveLimit(ceiling, OptionalInt.empty(), time, random.split());
  }

  PlayedSlots change(int atMillis, int to) {
    at(atMillis * MILLI, () -> slots = to);
    return this;
  }

  PlayedSlots play(int n) {
    PriorityQueue<Long> free = new PriorityQueue<>();
    for (int i = 0; i < slots; i++) {
      free.add(0L);
    }
    for (int i = 0; i < n; i++) {
      long takes = (long) (2e9 * Math.exp(0.6 * random.nextGaussian()));
      rows.add(takes);
      long end = free.remove() + takes;
      free.add(end);
      greedy = Math.max(greedy, (double) end);
    }
    at(0, this::tick);
    while (!events.isEmpty()) {
      Event event = events.remove();
      time.pass(Duration.ofNanos(event.at() - now));
      now = event.at();
      event.what().run();
    }
    return this;
  }

  double timesGreedy() {
    return (double) lastEnd / greedy;
  }

  int refusals() {
    return refusals;
  }

  int learned() {
    return limit.learned().orElseThrow();
  }

  private void at(long when, Runnable what) {
    events.add(new Event(when, numbers++, what));
  }

  private void tick() {
    if (!rows.isEmpty()) {
      look();
      at(now + 5 * MILLI, this::tick);
    }
  }

  private void look() {
    while (!rows.isEmpty() && inFlight < 8 && limit.room(active) > 0) {
      var turn = limit.leave(active);
      long takes = rows.remove();
      active++;
      inFlight++;
      at(now + HALF_WAY, () -> arrive(takes, turn));
    }
  }

  private void arrive(long takes, ActiveLimit.Turn turn) {
    while (!running.isEmpty() && running.peek() <= now) {
      running.remove();
    }
    if (running.size() >= slots) {
      at(now + HALF_WAY, () -> refused(takes, turn));
      return;
    }
    long end = now + takes;
    running.add(end);
    lastEnd = Math.max(lastEnd, end);
    at(now + HALF_WAY, () -> accepted(end, turn));
  }

  private void refused(long takes, ActiveLimit.Turn turn) {
    inFlight--;
    active--;
    refusals++;
    rows.addFirst(takes);
    int unused = limit.refused(turn, active);
    look();
  }

  private void accepted(long end, ActiveLimit.Turn turn) {
    inFlight--;
    limit.accepted(turn);
    pollLater(end);
    look();
  }

  private void pollLater(long end) {
    at(now + interval + (long) ((double) interval * random.nextDouble() / 10), () -> poll(end));
  }

  private void poll(long end) {
    if (now < end) {
      pollLater(end);
    } else {
      active--;
      look();
    }
  }
}
