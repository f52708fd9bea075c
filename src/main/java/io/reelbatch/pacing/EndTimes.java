package io.reelbatch.pacing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How long the newest tasks of one effort took, of each of which only the polls before and after
 * its end are known; and what follows from that for the first poll of others. Not thread-safe.
 *
 * <p>The best first poll is the one after which ends would have been known soonest on average.
 * Where all take much the same time it comes when nearly all have ended, and they need no other;
 * where they differ by more than the interval it comes when the first few have, since all others
 * wait for half an interval whenever it comes.
 */
final class EndTimes {

  private static final int REMEMBERED = 200;
  private static final int ENOUGH = 5;
  private static final int RENEWED_EVERY = 20;
  private static final int POINTS = 3;
  private static final double[] SHARES = {0.04, 0.25, 0.5, 0.75, 0.9, 0.97, 1};
  private static final double MOST = 0.95;
  private static final double MAY_BE_LATE = 0.02;
  private static final double CLEARLY_SOONER = 0.02;

  private final long interval;
  private final Deque<Between> ends = new ArrayDeque<>();
  private int news;
  private long early;
  private long best;
  private long most;

  /** An end between two ages, in nanoseconds; the first is zero if no poll came before. */
  private record Between(long working, long told) {}

  /** Knows nothing yet; {@code interval} lies between two polls. */
  EndTimes(Duration interval) {
    this.interval = Math.max(1, interval.toNanos());
  }

  /**
   * A task has ended.
   *
   * @param working its age when it was last heard to be working; zero if it never was
   * @param told its age when its end was told
   */
  void add(Duration working, Duration told) {
    ends.addLast(new Between(working.toNanos(), told.toNanos()));
    if (ends.size() > REMEMBERED) {
      ends.removeFirst();
    }
    news++;
    if (isEnough() && (ends.size() < REMEMBERED || news >= RENEWED_EVERY)) {
      news = 0;
      learn();
    }
  }

  /** Whether that many have ended that the others say something. */
  boolean isEnough() {
    return ends.size() >= ENOUGH;
  }

  /** The age at which the first few have ended. */
  Duration early() {
    return Duration.ofNanos(early);
  }

  /** The age for the first poll after which ends are known soonest. */
  Duration best() {
    return Duration.ofNanos(best);
  }

  /** The age at which nearly all have ended. */
  Duration most() {
    return Duration.ofNanos(most);
  }

  private void learn() {
    long[] times = times();
    early = at(SHARES[0], times);
    most = at(MOST, times);
    best = early;
    double late = late(early, times);
    for (double share : SHARES) {
      long candidate = at(share, times);
      double itsLate = late(candidate, times);
      if (itsLate < late - CLEARLY_SOONER * (double) interval && fewWait(candidate, times)) {
        best = candidate;
        late = itsLate;
      }
    }
  }

  /** Each end stands for several times spread evenly over those at which it may have been. */
  private long[] times() {
    long[] working = ends.stream().mapToLong(Between::working).sorted().toArray();
    long[] times = new long[ends.size() * POINTS];
    int next = 0;
    for (Between end : ends) {
      long from = end.working() > 0 ? end.working() : before(end.told(), working);
      for (int i = 0; i < POINTS; i++) {
        times[next++] = from + (end.told() - from) * (2 * i + 1) / (2 * POINTS);
      }
    }
    Arrays.sort(times);
    return times;
  }

  /**
   * The latest of these ages before that one. An end that the first poll told was hardly long
   * before it, if others were working shortly before.
   */
  private static long before(long told, long[] working) {
    int place = Arrays.binarySearch(working, told);
    int below = place >= 0 ? place : -place - 1;
    while (below > 0 && working[below - 1] >= told) {
      below--;
    }
    return below == 0 ? 0 : working[below - 1];
  }

  private static long at(double share, long[] times) {
    return times[Math.min(times.length - 1, (int) (share * times.length))];
  }

  /** How long after their ends they would be known on average, with a first poll at that age. */
  private double late(long first, long[] times) {
    double sum = 0;
    for (long time : times) {
      sum += time <= first ? first - time : Math.floorMod(first - time, interval);
    }
    return sum / times.length;
  }

  /** Whether hardly any would wait for their first poll longer than for any other. */
  private boolean fewWait(long first, long[] times) {
    long waiting = Arrays.stream(times).filter(time -> first - time > interval).count();
    return waiting <= MAY_BE_LATE * times.length;
  }
}
