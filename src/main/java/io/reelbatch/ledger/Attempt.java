package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * An intent that is on disk: exactly one paid request may leave for it.
 *
 * @param row the row's number in the ledger
 * @param version guards the row's next change of state
 * @param number 1 for the row's first paid request
 * @param account whose key it is sent with
 */
public record Attempt(
    long row,
    RowKey key,
    int version,
    int number,
    Order order,
    @Nullable TaskId source,
    AccountName account) {}
