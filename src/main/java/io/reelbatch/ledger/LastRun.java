package io.reelbatch.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last run of a batch that had something to do, as Spring Batch noted it.
 *
 * @param endedAt null if its end was never noted: while nobody holds the lock of the home, that run
 *     was killed
 * @param status how it ended, as Spring Batch says it
 */
public record LastRun(Instant startedAt, @Nullable Instant endedAt, String status) {}
