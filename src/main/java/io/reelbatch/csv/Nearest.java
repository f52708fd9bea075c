package io.reelbatch.csv;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant. */
final class Nearest {

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();
  private static final int FARTHEST = 2;

  private Nearest() {}

  /** The candidate that differs least, by at most two letters and less than half of its own. */
  static Optional<String> to(String written, Collection<String> candidates) {
    String lower = written.toLowerCase(Locale.ROOT);
    if (lower.length() > 100) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(
            candidate ->
                distance(lower, candidate) <= Math.min(FARTHEST, (candidate.length() - 1) / 2))
        .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
  }

  /** {@code ; did you mean …?}, or nothing. */
  static String hint(String written, Collection<String> candidates) {
    return to(written, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  private static int distance(String lower, String candidate) {
    return DISTANCE.apply(lower, candidate.toLowerCase(Locale.ROOT));
  }
}
