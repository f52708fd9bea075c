package io.reelbatch.ledger;

import io.reelbatch.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's word on a row.
 *
 * @param attempt the row's newest paid request at that time
 * @param action adopted, resubmitted, written off, again
 * @param task the task that was adopted
 */
public record SettlementLine(
    int attempt, String action, @Nullable TaskId task, String operator, Instant at) {}
