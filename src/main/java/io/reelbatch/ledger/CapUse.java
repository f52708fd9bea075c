package io.reelbatch.ledger;

import io.reelbatch.model.Money;

/**
 * How much of a cap is used up.
 *
 * @param period what it is for: batch, day or month
 */
public record CapUse(String period, Money cap, Money used) {}
