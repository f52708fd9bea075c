package io.reelbatch.gateway;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests that take too long as a whole. A socket's own timeout starts anew with every byte,
 * so a gateway that drips would hold a request for ever. Thread-safe.
 */
final class Watchdog implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "reelbatch-gateway-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Begins to watch one request. */
  Watch watch(Duration limit, Runnable abort) {
    Watch watch = new Watch(abort);
    watch.count(limit);
    return watch;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One request under watch, until closed. */
  final class Watch implements AutoCloseable {

    private final Runnable abort;
    private @Nullable Future<?> bite;
    private boolean over;
    private boolean bitten;

    private Watch(Runnable abort) {
      this.abort = abort;
    }

    /**
     * Counts anew: the request leaves now.
     *
     * @throws InterruptedIOException if its time was already over; it must not leave any more
     */
    synchronized void restart(Duration limit) throws InterruptedIOException {
      if (!bitten) {
        count(limit);
      }
      if (bitten) {
        throw new InterruptedIOException("given up before it left");
      }
    }

    private synchronized void count(Duration limit) {
      stop();
      try {
        bite = timer.schedule(this::bite, limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        bitten = true; // Closed: nothing leaves that nobody watches.
        abort.run();
      }
    }

    private void bite() {
      synchronized (this) {
        if (over) {
          return;
        }
        bitten = true;
      }
      abort.run();
    }

    private void stop() {
      if (bite != null) {
        bite.cancel(false);
      }
    }

    synchronized boolean hasBitten() {
      return bitten;
    }

    @Override
    public synchronized void close() {
      over = true;
      stop();
    }
  }
}
