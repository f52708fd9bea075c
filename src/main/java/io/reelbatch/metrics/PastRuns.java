package io.reelbatch.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a batch's runs that have ended, and where the batch stood then.
 *
 * @param exitCode of the last one; likewise {@code endedAt}
 * @param finishedAt when one last did all that could be done: exit code 0, 3 or 7
 * @param succeededAt when every row last was a video: exit code 0
 */
public record PastRuns(
    @Nullable Integer exitCode,
    @Nullable Instant endedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant succeededAt,
    BatchFigures batch) {

  /** No run has ended yet. */
  public static final PastRuns NONE = new PastRuns(null, null, null, null, BatchFigures.UNKNOWN);

  /** One more has ended. */
  public PastRuns with(int code, boolean finished, Instant now, BatchFigures last) {
    return new PastRuns(
        code, now, finished ? now : finishedAt, code == 0 ? now : succeededAt, last);
  }
}
