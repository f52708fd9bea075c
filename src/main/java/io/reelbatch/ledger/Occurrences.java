package io.reelbatch.ledger;

import io.reelbatch.model.ContentHash;

/**
 * Tells lines apart that ask for the same: 1 for the first, 2 for the next. Goes by 64 of the 80
 * bits of a content: should two that are different ever meet, the second is numbered 2 and nothing
 * more comes of it. Not thread-safe.
 */
final class Occurrences {

  private static final int DIGITS = 16;
  private static final int HEX = 16;

  private final NumbersByHash counts = new NumbersByHash();

  /** How often it was asked for with this time. */
  int next(ContentHash content) {
    long bits = Long.parseUnsignedLong(content.value(), 0, DIGITS, HEX);
    long count = counts.get(bits) + 1;
    counts.put(bits, count);
    return (int) count;
  }
}
