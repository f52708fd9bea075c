package io.reelbatch.model;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The name under which rows are kept across runs. Up to 100 letters, digits, {@code . _ -} of any
 * script, so that it is also a safe folder name. An accent may be typed as one character or as two;
 * both are the same name, or the same rows would be paid for twice.
 */
public record BatchName(String value) {

  private static final char UNREADABLE = '\uFFFD';

  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}._-]*");
  private static final int LONGEST = 100;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name has other characters; the message says what is
   *     allowed
   */
  public BatchName {
    value = Normalizer.normalize(value, Normalizer.Form.NFC);
    if (value.length() > LONGEST || !ALLOWED.matcher(value).matches()) {
      throw new NotAllowedException(
          Message.of(
              "'{0}' cannot name a batch: use up to 100 letters, digits, '.', '_' or '-', starting"
                  + " with a letter or digit",
              value));
    }
  }

  /**
   * The name made from a file's name: every run of other characters becomes one dash.
   *
   * @throws IllegalArgumentException if the file's name has no letter or digit, or could not be
   *     read: another batch of the home may have paid for its rows under the name that it really
   *     has
   */
  public static BatchName fromFileName(String fileName) {
    if (fileName.indexOf(UNREADABLE) >= 0) {
      throw new NotAllowedException(
          Message.of(
              "the file name '{0}' cannot be read in this locale, so it is not known which batch it"
                  + " is: set LC_ALL=C.UTF-8, or use the start script",
              fileName));
    }
    int dot = fileName.lastIndexOf('.');
    String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
    String name =
        Normalizer.normalize(stem, Normalizer.Form.NFC)
            .replaceAll("[^\\p{L}\\p{N}\\p{M}._-]+", "-")
            .replaceAll("^[^\\p{L}\\p{N}]+", "");
    if (name.isEmpty()) {
      throw new NotAllowedException(
          Message.of(
              "no batch name can be made of the file name '{0}': it has no letter or digit",
              fileName));
    }
    return new BatchName(cut(name));
  }

  // A rare Chinese character takes two chars, and half of one is no letter.
  private static String cut(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    boolean between = !Character.isHighSurrogate(name.charAt(LONGEST - 1));
    return name.substring(0, between ? LONGEST : LONGEST - 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
