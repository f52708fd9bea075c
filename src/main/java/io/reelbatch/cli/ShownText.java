package io.reelbatch.cli;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Text as a terminal shows it: what is Chinese, Japanese or Korean takes two columns. */
final class ShownText {

  private static final Set<UnicodeScript> WIDE =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HANGUL,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO);
  private static final Set<UnicodeBlock> WIDE_SIGNS =
      Set.of(
          UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
          UnicodeBlock.KATAKANA, // its long vowel belongs to no script
          UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS,
          UnicodeBlock.MISCELLANEOUS_SYMBOLS_AND_PICTOGRAPHS,
          UnicodeBlock.EMOTICONS,
          UnicodeBlock.TRANSPORT_AND_MAP_SYMBOLS,
          UnicodeBlock.SUPPLEMENTAL_SYMBOLS_AND_PICTOGRAPHS,
          UnicodeBlock.SYMBOLS_AND_PICTOGRAPHS_EXTENDED_A);
  private static final int HALF_KATAKANA = 0xFF61;
  private static final int HALF_END = 0xFFDF;

  private ShownText() {}

  /** How many columns it takes. */
  static int width(String text) {
    return text.codePoints().map(ShownText::width).sum();
  }

  /** The text, filled up with spaces or cut with … to take exactly so many columns. */
  static String fitted(String text, int columns) {
    int width = width(text);
    if (width <= columns) {
      return text + " ".repeat(columns - width);
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      if (used + width(c) > columns - 1) {
        break;
      }
      kept.appendCodePoint(c);
      used += width(c);
    }
    return kept + "…" + " ".repeat(columns - 1 - used);
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    if (c >= HALF_KATAKANA && c <= HALF_END) {
      return 1;
    }
    UnicodeBlock block = UnicodeBlock.of(c);
    return WIDE.contains(UnicodeScript.of(c)) || (block != null && WIDE_SIGNS.contains(block))
        ? 2
        : 1;
  }
}
