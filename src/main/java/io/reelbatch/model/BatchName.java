package io.reelbatch.model;

import java.util.regex.Pattern;

/**
 * The name under which rows are kept across runs. Up to 100 letters, digits, {@code . _ -} of any
 * script, so that it is also a safe folder name.
 */
public record BatchName(String value) {

  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}._-]{0,99}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name has other characters; the message says what is
   *     allowed
   */
  public BatchName {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' cannot name a batch: use up to 100 letters, digits, '.', '_' or '-', starting with"
              + " a letter or digit");
    }
  }

  /** The name made from a file's name: every run of other characters becomes one dash. */
  public static BatchName fromFileName(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
    String name =
        stem.replaceAll("[^\\p{L}\\p{N}\\p{M}._-]+", "-").replaceAll("^[^\\p{L}\\p{N}]+", "");
    return new BatchName(name.substring(0, Math.min(name.length(), 100)));
  }

  @Override
  public String toString() {
    return value;
  }
}
