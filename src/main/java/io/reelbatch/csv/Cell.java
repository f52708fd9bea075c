package io.reelbatch.csv;

import java.text.Normalizer;

/**
 * A filled or empty cell of a row.
 *
 * @param heading the column's name as the file has it
 * @param text cleaned; empty when nothing stands there
 */
record Cell(String heading, String text) {

  /**
   * The text without white space around it (of any script, and marks that nobody sees), its
   * characters composed (NFC).
   *
   * <p>Row identities are made of it. Any change here, however small, makes paid rows look new.
   */
  static String clean(String raw) {
    int from = 0;
    int to = raw.length();
    while (from < to && isBlank(raw.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(raw.charAt(to - 1))) {
      to--;
    }
    return Normalizer.normalize(raw.substring(from, to), Normalizer.Form.NFC);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
  }

  boolean isEmpty() {
    return text.isEmpty();
  }
}
