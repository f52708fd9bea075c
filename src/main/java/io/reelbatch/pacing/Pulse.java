package io.reelbatch.pacing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes those who wait for something to change. Waits are short and bounded: who waits looks again
 * by itself, so a missed beat costs a moment, never a hang. Thread-safe.
 */
public final class Pulse {

  private static final Duration LONGEST = Duration.ofMillis(200);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** How a wait is spent: in earnest on a monitor, in tests on a clock of their own. */
  @FunctionalInterface
  public interface Rest {
    /**
     * Returns when it has beaten, or earlier; at the latest after that time, which may be long.
     * Called without any lock.
     */
    void until(BooleanSupplier beaten, Duration longest) throws InterruptedException;
  }

  private static final Duration FINE = Duration.ofMillis(2);

  private final @Nullable Rest rest;
  private long beats;

  /** Waits as threads do. */
  public Pulse() {
    this.rest = null;
  }

  /** Waits as told. */
  public Pulse(Rest rest) {
    this.rest = rest;
  }

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
  public void await(long seen, Duration max) throws InterruptedException {
    rest(() -> beats() != seen, max);
  }

  /**
   * Waits for that long or shorter, finer than a millisecond where it matters; the caller looks at
   * the clock again.
   */
  public void pause(Duration longest) throws InterruptedException {
    if (rest == null && longest.compareTo(FINE) < 0) {
      LockSupport.parkNanos(longest.toNanos()); // monitors wait for whole milliseconds
    } else {
      rest(Pulse::never, longest);
    }
  }

  private void rest(BooleanSupplier beaten, Duration longest) throws InterruptedException {
    if (rest == null) {
      sleep(beaten, longest);
    } else {
      rest.until(beaten, longest);
    }
  }

  private static boolean never() {
    return false;
  }

  @SuppressWarnings("WaitNotInLoop") // waking early is harmless: the caller loops and looks again
  private synchronized void sleep(BooleanSupplier beaten, Duration longest)
      throws InterruptedException {
    Duration bounded = longest.compareTo(LONGEST) > 0 ? LONGEST : longest;
    if (!beaten.getAsBoolean()) {
      wait(Math.max(bounded.toMillis(), SHORTEST.toMillis()));
    }
  }
}
