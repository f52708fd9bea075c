package io.reelbatch.pacing;

/**
 * Time that only ever goes forward. {@code System::nanoTime} in earnest, moved by hand in tests.
 */
@FunctionalInterface
public interface MonotonicClock {

  /** Nanoseconds since some fixed moment; only differences mean anything. */
  long nanos();
}
