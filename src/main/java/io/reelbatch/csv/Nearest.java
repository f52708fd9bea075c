package io.reelbatch.csv;

import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.Message;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody probably meant. */
final class Nearest {

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();
  private static final int FARTHEST = 2;
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})\\s*\\p{L}*");

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
  static Message hint(String written, Collection<String> candidates) {
    return to(written, candidates)
        .map(near -> Message.of("; did you mean '{0}'?", near))
        .orElse(Message.NOTHING);
  }

  /** The same for a value: among numbers the nearest number, else the nearest word. */
  static Optional<String> value(String written, List<String> allowed) {
    return number(written)
        .flatMap(number -> nearestTo(number, allowed))
        .or(() -> to(written, allowed));
  }

  /**
   * Whether it was surely meant: a slip in its letters, and of no other one. Another digit is
   * another thing, and so is a unit: 12 s is not nearly 15 s, 15 minutes are not 15, and one model
   * is not the next.
   */
  static boolean isSlip(String written, String meant, Collection<String> candidates) {
    String lower = FieldSpec.folded(written);
    return to(lower, List.of(meant)).isPresent()
        && digits(lower).equals(digits(meant))
        && (hasLetters(meant) || !hasLetters(lower))
        && candidates.stream()
            .filter(candidate -> distance(lower, candidate) <= distance(lower, meant))
            .allMatch(meant::equals);
  }

  private static boolean hasLetters(String text) {
    return text.chars().anyMatch(Character::isLetter);
  }

  private static String digits(String text) {
    return text.replaceAll("\\D", "");
  }

  private static Optional<String> nearestTo(BigInteger number, List<String> allowed) {
    return allowed.stream()
        .filter(value -> number(value).isPresent())
        .min(Comparator.comparing(value -> number(value).orElseThrow().subtract(number).abs()));
  }

  /** The one whole number that a text begins with; a ratio is none. */
  private static Optional<BigInteger> number(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.matches() ? Optional.of(new BigInteger(number.group(1))) : Optional.empty();
  }

  private static int distance(String lower, String candidate) {
    return DISTANCE.apply(lower, candidate.toLowerCase(Locale.ROOT));
  }
}
