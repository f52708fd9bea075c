package io.reelbatch.ledger;

import io.reelbatch.model.ContentHash;

/**
 * Tells lines apart that ask for the same: 1 for the first, 2 for the next. Holds twelve bytes for
 * each content and as much again to be filled, by 64 of its 80 bits: should two that are different
 * ever meet, the second is numbered 2 and nothing more comes of it. Not thread-safe.
 */
final class Occurrences {

  private static final int FIRST_SIZE = 1 << 12;
  private static final int DIGITS = 16;
  private static final int HEX = 16;

  private long[] contents = new long[FIRST_SIZE];
  private int[] counts = new int[FIRST_SIZE];
  private int different;

  /** How often it was asked for with this time. */
  int next(ContentHash content) {
    if (different * 2 > counts.length) {
      grow();
    }
    long bits = Long.parseUnsignedLong(content.value().substring(0, DIGITS), HEX);
    int place = place(bits);
    if (counts[place] == 0) {
      contents[place] = bits;
      different++;
    }
    return ++counts[place];
  }

  /** Where it stands, or would. The bits are those of a hash: they need no more mixing. */
  private int place(long bits) {
    int place = (int) bits & (counts.length - 1);
    while (counts[place] != 0 && contents[place] != bits) {
      place = (place + 1) & (counts.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] oldContents = contents;
    int[] oldCounts = counts;
    contents = new long[oldContents.length * 2];
    counts = new int[oldCounts.length * 2];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] != 0) {
        int place = place(oldContents[i]);
        contents[place] = oldContents[i];
        counts[place] = oldCounts[i];
      }
    }
  }
}
