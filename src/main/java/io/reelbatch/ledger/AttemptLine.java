package io.reelbatch.ledger;

import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One paid request for a row, and the task that it made. One that made two tasks stands twice.
 *
 * @param number 1 for the row's first paid request
 * @param round the round of its batch in which it was made
 * @param submittedAt when it was about to leave
 * @param outcome how the request ended, in capitals; null while that is not known
 * @param task null when it made none, as far as is known
 * @param status the gateway's last word on the task
 * @param error why there is no video; of the task, if it made one
 * @param cost what it is known to have cost; null when no price is known, and for a second task
 */
public record AttemptLine(
    int number,
    int round,
    Instant submittedAt,
    @Nullable String outcome,
    @Nullable TaskId task,
    @Nullable String status,
    @Nullable String link,
    @Nullable Reason error,
    @Nullable Money cost) {}
