package io.reelbatch.ledger;

import io.reelbatch.model.Money;

/**
 * What a batch has cost so far in one currency, over all its runs, as far as prices are configured.
 *
 * @param charged for tasks that the gateway has made
 * @param open reserved or in doubt: it may or may not be charged
 */
public record Spent(Money charged, Money open) {}
