package io.reelbatch.ledger;

import io.reelbatch.model.RowKey;

/**
 * Where a row stands that starts from another row of its file.
 *
 * @param source the row that it starts from
 * @param top the row at the top of its chain, which starts from none
 */
public record ChainPlace(RowKey source, RowKey top) {}
