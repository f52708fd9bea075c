package io.reelbatch.pacing;

import java.time.Duration;

/**
 * Wakes those who wait for something to change. Waits are short and bounded: who waits looks again
 * by itself, so a missed beat costs a moment, never a hang. Thread-safe.
 */
public final class Pulse {

  private static final Duration LONGEST = Duration.ofMillis(200);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private long beats;

  /** How often it has beaten: read it before looking, so that no change slips in between. */
  public synchronized long beats() {
    return beats;
  }

  /** Something changed. */
  public synchronized void beat() {
    beats++;
    notifyAll();
  }

  /**
   * Waits until it beats again, at most {@code max} and at most 200 ms.
   *
   * @param seen the number of beats before the caller looked
   */
  @SuppressWarnings("WaitNotInLoop") // waking early is harmless: the caller loops and looks again
  public synchronized void await(long seen, Duration max) throws InterruptedException {
    Duration bounded = max.compareTo(LONGEST) > 0 ? LONGEST : max;
    if (beats == seen) {
      wait(Math.max(bounded.toMillis(), SHORTEST.toMillis()));
    }
  }
}
