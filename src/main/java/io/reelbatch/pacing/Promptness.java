package io.reelbatch.pacing;

import java.time.Duration;
import java.util.Optional;

/**
 * How soon ends were known, and how many polls that took. An end lies somewhere between the last
 * poll that found the task working and the one that told its end: the time between the two is what
 * it was known late by at most. Thread-safe.
 */
public final class Promptness {

  private static final int STEPS_TO_DOUBLE = 8;
  private static final int DOUBLINGS = 40;

  private final long[] bounds = new long[STEPS_TO_DOUBLE * DOUBLINGS];
  private long ends;
  private long polls;

  /**
   * What came of it.
   *
   * @param ends tasks whose end was told
   * @param polls of one task, on average
   * @param half half of the ends were known at most so late
   * @param most 95 of 100 were
   */
  public record Summary(long ends, double polls, Duration half, Duration most) {}

  /** A task's end was told. */
  public synchronized void ended(int pollsOfTheTask, Duration lateAtMost) {
    ends++;
    polls += pollsOfTheTask;
    bounds[step(lateAtMost)]++;
  }

  /** What it came to; empty while no end was told. */
  public synchronized Optional<Summary> summary() {
    return ends == 0
        ? Optional.empty()
        : Optional.of(new Summary(ends, (double) polls / (double) ends, share(0.5), share(0.95)));
  }

  private Duration share(double share) {
    double wanted = share * (double) ends;
    long seen = 0;
    int step = 0;
    while (step < bounds.length - 1) {
      seen += bounds[step];
      if ((double) seen >= wanted) {
        break;
      }
      step++;
    }
    return Duration.ofMillis(Math.round(Math.pow(2, (double) step / STEPS_TO_DOUBLE)));
  }

  /** The first step whose time is not shorter; steps grow by a twelfth or so. */
  private static int step(Duration time) {
    double millis = Math.max(1, (double) time.toMillis());
    int step = (int) Math.ceil(Math.log(millis) / Math.log(2) * STEPS_TO_DOUBLE);
    return Math.min(STEPS_TO_DOUBLE * DOUBLINGS - 1, step);
  }
}
