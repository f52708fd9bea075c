package io.reelbatch.cli;

import org.jline.utils.WCWidth;

/** Text as a terminal shows it: most Chinese, Japanese and Korean characters take two columns. */
final class ShownText {

  private ShownText() {}

  /** How many columns it takes. */
  static int width(String text) {
    return text.codePoints().map(ShownText::width).sum();
  }

  /** The text without what goes beyond so many columns. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder start = new StringBuilder();
    int taken = 0;
    for (int c : text.codePoints().toArray()) {
      taken += width(c);
      if (taken > columns - 1) {
        break;
      }
      start.appendCodePoint(c);
    }
    return columns < 1 ? "" : start.append('…').toString();
  }

  /** The text, filled up with spaces or cut with … to take exactly so many columns. */
  static String fitted(String text, int columns) {
    String kept = cut(text, columns);
    return kept + " ".repeat(columns - width(kept));
  }

  private static int width(int c) {
    return Math.max(0, WCWidth.wcwidth(c));
  }
}
