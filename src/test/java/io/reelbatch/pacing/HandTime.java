package io.reelbatch.pacing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when a test says so. Begins near the end of the number's range. */
public final class HandTime implements MonotonicClock {

  // System.nanoTime() may be any number: code that compares two with < is wrong, and shows it here.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final AtomicLong looks = new AtomicLong();

  public void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** How often somebody looked at the clock. */
  public long looks() {
    return looks.get();
  }

  @Override
  public long nanos() {
    looks.incrementAndGet();
    return nanos.get();
  }
}
