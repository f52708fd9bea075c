package io.reelbatch.metrics;

import io.reelbatch.model.HaltCause;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes.
 *
 * @param inFlight requests under way: sends, polls and downloads
 * @param sendsPerSecond what the pace allows now, the gateway's own wishes included
 * @param pauses what is left of the pauses that the gateway asked for, of sends and polls
 * @param activeLimit tasks that may be at the gateway at once, as learned
 * @param pausedKinds kinds of rows that the brakes keep back
 * @param halted why nothing more is sent; null while it is
 * @param rowsPerMinute rows that came to their end; null while none did
 * @param left about how long the rest takes; null if that is not known
 * @param knownLate how late ends were known, half of them and 95 of 100; null while none was
 * @param videos of this run; null where none are fetched
 */
public record RunFigures(
    Map<String, Integer> inFlight,
    double sendsPerSecond,
    Map<String, Duration> pauses,
    int activeLimit,
    int pausedKinds,
    @Nullable HaltCause halted,
    @Nullable Double rowsPerMinute,
    @Nullable Duration left,
    @Nullable KnownLate knownLate,
    @Nullable Videos videos) {

  /** Half of the ends were known at most so late, 95 of 100 were. */
  public record KnownLate(Duration half, Duration most) {}

  /** Fetched whole, their bytes together, given up, still to be fetched. */
  public record Videos(long fetched, long bytes, long givenUp, long left) {}
}
