package io.reelbatch.gateway;

import java.util.regex.Pattern;

/**
 * Makes text from outside fit to be kept: without the key, whichever way a gateway wrote it down,
 * and without the characters that a database refuses. Ids and links are not put through it. Pure.
 */
final class Redaction {

  private static final String HIDDEN = "***";

  private final Pattern key;

  Redaction(ApiKey key) {
    this.key = Pattern.compile(spellings(key.value()));
  }

  // As it is, after backslashes, as a JSON escape, as a percent escape. Bounded, so that no answer
  // can make the search slow.
  private static String spellings(String key) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      String hex = String.format("%02x", (int) c);
      regex
          .append("(?:\\\\{0,4}")
          .append(Pattern.quote(String.valueOf(c)))
          .append("|\\\\{1,4}u00(?i:")
          .append(hex)
          .append(")|%(?i:")
          .append(hex)
          .append("))");
    }
    return regex.toString();
  }

  String clean(String text) {
    return key.matcher(text).replaceAll(HIDDEN).replace('\0', '\uFFFD');
  }

  /**
   * Cleaned, then cut: the other way round, half a key could stay behind.
   *
   * @param most characters
   */
  String cut(String text, int most) {
    String clean = clean(text);
    if (clean.length() <= most) {
      return clean;
    }
    boolean splitsPair = Character.isHighSurrogate(clean.charAt(most - 1));
    return clean.substring(0, splitsPair ? most - 1 : most);
  }
}
