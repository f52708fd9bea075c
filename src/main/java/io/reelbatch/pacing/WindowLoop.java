package io.reelbatch.pacing;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a side of a run reads: it hands out windows as long as there are any, and ends only when
 * nothing is under way any more. A failure of a request under way is thrown here, on the step's own
 * thread, because Spring Batch only logs what {@code close} and {@code afterStep} throw; and not
 * before the answers to the other requests are stored.
 *
 * @param <W> a window of what may go at once
 */
public final class WindowLoop<W> {

  private static final Duration UNTIL_A_BEAT = Duration.ofDays(1);

  /** What a side knows of its own work. */
  public interface Work<W> {

    /** Whether nothing more is to begin. */
    boolean isToStop();

    /** What may go now. */
    Optional<W> window();

    /** Whether nothing can come any more; asked only while nothing is under way. */
    boolean isDone();

    /**
     * How long until time alone may bring a window; zero if it is something else that is missing,
     * and a beat tells of it.
     */
    Duration untilNextLook();
  }

  private final Work<W> work;
  private final InFlight inFlight;
  private final Pulse pulse;

  /** Hands out the windows of that work. */
  public WindowLoop(Work<W> work, InFlight inFlight, Pulse pulse) {
    this.work = work;
    this.inFlight = inFlight;
    this.pulse = pulse;
  }

  /** The next window; null when the work is over and every answer is stored. */
  public @Nullable W next() throws InterruptedException {
    while (true) {
      long seen = pulse.beats();
      boolean idle = inFlight.running() == 0;
      if (inFlight.failure().isPresent()) {
        if (idle) {
          throw inFlight.failure().get();
        }
      } else if (work.isToStop()) {
        if (idle) {
          return null;
        }
      } else {
        Optional<W> window = windowOrNone();
        if (window.isPresent()) {
          return window.get();
        }
        if (idle && inFlight.failure().isEmpty() && work.isDone()) {
          return null;
        }
      }
      // Looking at every free permit would ask the ledger a thousand times a second for hours.
      Duration wait = work.untilNextLook();
      pulse.await(seen, wait.isZero() ? UNTIL_A_BEAT : wait);
    }
  }

  // A ledger that cannot be read must not end the step under requests that are on their way: it is
  // thrown once their answers are stored.
  private Optional<W> windowOrNone() {
    try {
      return work.window();
    } catch (RuntimeException e) {
      inFlight.fail(e);
      return Optional.empty();
    }
  }
}
