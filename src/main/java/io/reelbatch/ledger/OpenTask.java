package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Effort;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Kind;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A paid task whose end is not known yet, and what was last heard of it.
 *
 * @param id its number in the ledger; later tasks have larger ones
 * @param row its row's number in the ledger
 * @param attempt which of the row's paid requests made it
 * @param endpoint where its order went
 * @param effort what it is expected to take as long as others of
 * @param state the row's: ACCEPTED, or LOST if it is asked after once more
 * @param version guards the row's next change of state
 * @param account whose key made it: no other knows it
 * @param polls how often the gateway was asked so far
 * @param unknownSince when the gateway first said that it does not know it; null if it knows it
 */
public record OpenTask(
    long id,
    long row,
    int attempt,
    RowKey key,
    Kind kind,
    Endpoint endpoint,
    Effort effort,
    RowState state,
    int version,
    TaskId task,
    AccountName account,
    Instant acceptedAt,
    int polls,
    @Nullable String status,
    @Nullable Integer percent,
    @Nullable Instant unknownSince) {}
