package io.reelbatch.ledger;

/**
 * Rows that are not sent since the row that they start from has no video yet.
 *
 * @param rows how many, at whatever remove
 * @param forDoubts those of them that go nowhere until a person has settled a row in doubt
 * @param longestChain how many rows are still to be made one after the other, at most; 0 when all
 *     have their end
 */
public record Waiting(long rows, long forDoubts, int longestChain) {}
