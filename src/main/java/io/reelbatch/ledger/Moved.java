package io.reelbatch.ledger;

/**
 * What a ledger that was moved holds.
 *
 * @param attempts paid requests
 */
public record Moved(long batches, long rows, long attempts, long tasks) {}
