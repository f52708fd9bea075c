package io.reelbatch.model;

/**
 * Text from outside as one line that a terminal or a log only shows. Whoever writes a CSV cell or a
 * gateway's message could else end the line and begin one of our own, or move the cursor and paint
 * over what stands there.
 */
public final class OneLine {

  private OneLine() {}

  /** The text with control characters, line separators and marks of direction written out. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (acts(c)) {
        line.append(written(c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  private static boolean acts(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\u200E'
        || c == '\u200F';
  }

  private static String written(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
