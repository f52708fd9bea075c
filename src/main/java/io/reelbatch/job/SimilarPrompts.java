package io.reelbatch.job;

import io.reelbatch.model.TextHash;
import java.util.Arrays;
import java.util.Locale;

/**
 * Counts prompts that differ from another one only in case, spaces and punctuation. Holds eight
 * bytes for each of the first million.
 */
final class SimilarPrompts {

  private static final int MOST = 1_000_000;

  private long[] seen = new long[1024];
  private long[] exact = new long[1024];
  private int count;

  void add(String prompt) {
    if (count == MOST) {
      return;
    }
    if (count == seen.length) {
      seen = Arrays.copyOf(seen, count * 2);
      exact = Arrays.copyOf(exact, count * 2);
    }
    exact[count] = TextHash.of(prompt);
    seen[count++] = TextHash.of(bare(prompt));
  }

  private static CharSequence bare(String prompt) {
    String lower = prompt.toLowerCase(Locale.ROOT);
    StringBuilder bare = new StringBuilder(lower.length());
    lower.codePoints().filter(SimilarPrompts::counts).forEach(bare::appendCodePoint);
    return bare;
  }

  private static boolean counts(int character) {
    int type = Character.getType(character);
    return Character.isLetterOrDigit(character)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** Different prompts beyond the first of those that are alike. */
  long alike() {
    long all = distinct(exact);
    return all - distinct(seen);
  }

  private long distinct(long[] hashes) {
    long[] sorted = Arrays.copyOf(hashes, count);
    Arrays.sort(sorted);
    long distinct = 0;
    for (int i = 0; i < count; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }
}
