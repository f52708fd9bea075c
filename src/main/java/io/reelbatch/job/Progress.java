package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Failure;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Money;
import io.reelbatch.pacing.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param since how long it has been going on
 * @param rowsPerMinute rows that came to their end, a minute; null while none did
 * @param left about how long the rest takes; null while nothing tells
 * @param cost what the batch costs; null where no price is known
 * @param videos the fetching of videos; null where none are fetched
 * @param failures the last few rows that did not go well in this run, the newest first
 * @param stop why the run is about to end before all is done; null if it is not
 * @param halt why nothing more is sent; null if it is
 * @param paused kinds of rows that are kept back
 */
public record Progress(
    Instant at,
    Duration since,
    Counts counts,
    @Nullable Double rowsPerMinute,
    @Nullable Duration left,
    @Nullable Cost cost,
    @Nullable Videos videos,
    List<Failure> failures,
    @Nullable StopCause stop,
    @Nullable HaltCause halt,
    Set<Kind> paused) {

  /**
   * What the batch costs.
   *
   * @param committed all that is spent, reserved or in doubt
   * @param inAll about how much that will be in the end; empty while it is not known yet
   * @param unpriced rows still to be sent whose price is not known and not in that
   */
  public record Cost(List<Money> committed, List<Money> inAll, long unpriced) {}

  /** Videos that this run fetched, and those that it knows of and has not fetched yet. */
  public record Videos(long fetched, long left) {}

  /** Rows that this run can still bring to their end. */
  public long open() {
    return Outlook.left(counts);
  }
}
