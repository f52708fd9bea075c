package io.reelbatch.ledger;

import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;

/** Why a row did not get its video. */
public record Failure(RowKey row, RowState state, Reason reason) {}
