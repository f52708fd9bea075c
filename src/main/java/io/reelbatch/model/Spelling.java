package io.reelbatch.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people write values: {@code 15 s} for 15, {@code 是} for true, {@code 竖屏} for portrait.
 *
 * <p>Only for what is sent. Row identities are made of {@link FieldSpec#folded}, which knows
 * nothing of this, so that a spelling learned later makes no paid row look new.
 */
final class Spelling {

  private static final Pattern SECONDS =
      Pattern.compile("(\\d+(?:\\.0*)?)\\s*(?:s|secs?|seconds?|秒|秒钟)");

  // Not between two digits: 1 5 is not fifteen.
  private static final Pattern LOOSE_SPACE =
      Pattern.compile("[\\s\\u00A0\\u3000]+(?=\\D)|(?<=\\D)[\\s\\u00A0\\u3000]+");

  private static final Pattern UNSEEN = Pattern.compile("[\\u00AD\\u200B-\\u200F\\u2060\\uFEFF]+");
  private static final Pattern BLANKS_AROUND =
      Pattern.compile("^[\\s\\u00A0\\u3000]+|[\\s\\u00A0\\u3000]+$");
  private static final List<String> QUOTES =
      List.of("\"\"", "''", "“”", "”“", "””", "„“", "„”", "‘’", "’’", "‚‘", "«»", "‹›", "「」", "『』");

  // A full-width comma may be part of an address, but hardly before the next one or at the end.
  private static final Pattern BETWEEN_ADDRESSES =
      Pattern.compile(
          "[|｜\\s\\u00A0\\u3000]+"
              + "|[，；、]+(?=[\\s\\u00A0\\u3000“‘「\"]*(?:https?|ｈｔｔｐｓ?)[:：]|[|｜\\s\\u00A0\\u3000]|$)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Map<String, String> WORDS =
      words(
          List.of("portrait", "vertical", "竖屏", "竖版", "竖", "纵向"),
          List.of("landscape", "horizontal", "横屏", "横版", "横", "横向"));
  private static final Map<String, String> TRUTHS =
      words(
          List.of("true", "yes", "y", "on", "1", "是", "真", "对", "开", "开启"),
          List.of("false", "no", "n", "off", "0", "否", "假", "不", "关", "关闭"));

  private Spelling() {}

  private static Map<String, String> words(List<String> some, List<String> others) {
    Map<String, String> words = new HashMap<>();
    some.forEach(word -> words.put(word, some.get(0)));
    others.forEach(word -> words.put(word, others.get(0)));
    return Map.copyOf(words);
  }

  /** A value as a plain keyboard would have written it. */
  static String plain(String value) {
    String text = withoutSpaceAround(FieldSpec.halfWidth(UNSEEN.matcher(value).replaceAll("")));
    boolean quoted =
        text.length() > 2 && QUOTES.contains("" + text.charAt(0) + text.charAt(text.length() - 1));
    return quoted ? withoutSpaceAround(text.substring(1, text.length() - 1)) : text;
  }

  private static String withoutSpaceAround(String text) {
    return BLANKS_AROUND.matcher(text).replaceAll("");
  }

  /** The addresses in a cell as they are sent, in their order. */
  static List<String> addresses(String cell) {
    return BETWEEN_ADDRESSES
        .splitAsStream(UNSEEN.matcher(cell).replaceAll(""))
        .filter(address -> !address.isEmpty())
        .toList();
  }

  /** A value as it is compared with the allowed ones when it is none of them as it stands. */
  static String loose(String value) {
    String close = LOOSE_SPACE.matcher(times(FieldSpec.folded(plain(value)))).replaceAll("");
    return FieldSpec.folded(WORDS.getOrDefault(close, number(close)));
  }

  /** A number without its unit, as far as that is seconds. */
  static String number(String value) {
    String folded = FieldSpec.folded(plain(value));
    Matcher seconds = SECONDS.matcher(folded);
    return seconds.matches() ? FieldSpec.folded(seconds.group(1)) : folded;
  }

  /** A size with the letter x between its numbers. */
  static String times(String value) {
    return value.replace('×', 'x').replace('*', 'x').toLowerCase(Locale.ROOT);
  }

  /** What a word says, if it says yes or no. */
  static Optional<Boolean> truth(String value) {
    return Optional.ofNullable(TRUTHS.get(FieldSpec.folded(plain(value)))).map(Boolean::valueOf);
  }
}
