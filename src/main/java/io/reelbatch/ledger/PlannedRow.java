package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * A row that may be sent now.
 *
 * @param id its number in the ledger
 * @param version guards its next change of state
 * @param attempts paid requests made for it so far
 * @param source the finished task that it starts from; null exactly for a creation
 * @param account with which it is sent: that of the source, which no other knows, else the batch's
 */
public record PlannedRow(
    long id,
    RowKey key,
    int version,
    int attempts,
    Order order,
    @Nullable TaskId source,
    AccountName account) {}
