package io.reelbatch.ledger;

import io.reelbatch.model.Money;

/**
 * What a batch has cost so far in one currency, by how certain that is.
 *
 * @param charged for tasks that the gateway has made
 * @param reserved for requests that are under way
 * @param inDoubt for requests whose answer was lost: it may or may not be charged
 */
public record Committed(Money charged, Money reserved, Money inDoubt) {}
