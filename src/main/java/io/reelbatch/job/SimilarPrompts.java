package io.reelbatch.job;

import java.util.Arrays;
import java.util.Locale;

/**
 * Counts prompts that differ from another one only in case, spaces and punctuation. Holds eight
 * bytes for each of the first million.
 */
final class SimilarPrompts {

  private static final int MOST = 1_000_000;
  private static final long PRIME = 1_099_511_628_211L;

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
    exact[count] = hash(prompt);
    seen[count++] = hash(prompt.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", ""));
  }

  /** Different prompts beyond the first of those that are alike. */
  long alike() {
    long all = distinct(exact);
    return all - distinct(seen);
  }

  private long distinct(long[] hashes) {
    return Arrays.stream(hashes, 0, count).distinct().count();
  }

  // FNV-1a, 64 bits: a String's own 32 would make strangers alike in a million.
  private static long hash(String text) {
    long hash = -3750763034362895579L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return hash;
  }
}
