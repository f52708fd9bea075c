package io.reelbatch.pacing;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Requests under way, at most so many at once. The first failure of one is kept for the step's own
 * thread to throw; those under way are never interrupted. Thread-safe.
 */
public final class InFlight {

  private final int limit;
  private final Executor executor;
  private final Pulse pulse;
  private int running;
  private @Nullable RuntimeException failure;

  /**
   * Runs requests on the given executor.
   *
   * @param limit at most so many at once
   */
  public InFlight(int limit, Executor executor, Pulse pulse) {
    this.limit = limit;
    this.executor = executor;
    this.pulse = pulse;
  }

  /** How many more may start now. */
  public synchronized int free() {
    return limit - running;
  }

  /** How many are under way. */
  public synchronized int running() {
    return running;
  }

  /** The first failure of a request; a failure of ours, never the gateway's answer. */
  public synchronized Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Starts one. The caller has seen that one is free. */
  public void start(Runnable request) {
    began();
    try {
      executor.execute(
          () -> {
            try {
              request.run();
              ended(null);
            } catch (RuntimeException | Error e) {
              ended(asFailure(e));
            }
          });
    } catch (RuntimeException | Error e) {
      ended(asFailure(e));
    }
  }

  /**
   * Keeps a failure that came before a request could start, so that those under way are awaited.
   */
  public synchronized void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  // Whatever it died of, it is under way no more: a request that was never counted out would be
  // awaited for ever.
  private static RuntimeException asFailure(Throwable e) {
    return e instanceof RuntimeException ours
        ? ours
        : new IllegalStateException("a request ended with an error of the program: " + e, e);
  }

  private synchronized void began() {
    running++;
  }

  private void ended(@Nullable RuntimeException e) {
    synchronized (this) {
      running--;
      if (e != null) {
        fail(e);
      }
    }
    pulse.beat();
  }
}
