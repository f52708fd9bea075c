package io.reelbatch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that people are told, in whichever language it is read: the English sentence, with
 * {@code {0}}, {@code {1}} … where the values stand. The Chinese one stands in {@code
 * messages_zh.po} under the English. Exceptions carry it, logs and the ledger keep its English.
 *
 * @param english the sentence as {@link #of} was given it
 * @param values what stands in its places: texts, messages and reasons; these two are said in the
 *     same language
 */
public record Message(String english, List<Object> values) {

  /** Says nothing: for a part of a sentence that is not always there. */
  public static final Message NOTHING = new Message("", List.of());

  private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,4})}");

  /** Copies. */
  public Message {
    values = List.copyOf(values);
  }

  /** A sentence, written as a literal: that is how its Chinese is found, and a test finds it. */
  public static Message of(String english, @Nullable Object... values) {
    return new Message(english, Arrays.stream(values).map(Message::part).toList());
  }

  private static Object part(@Nullable Object value) {
    return value instanceof Message || value instanceof Reason ? value : String.valueOf(value);
  }

  /** What somebody else said, a gateway or a library: the same in all languages. */
  public static Message verbatim(Object text) {
    return of("{0}", text);
  }

  /** A sentence that comes as a text, of a system or from the disk; in Chinese if it is known. */
  public static Message ofText(String text) {
    return new Message(text, List.of());
  }

  /** What is logged, of which the places are written as {@code {}}. */
  public static Message logged(String english, @Nullable Object @Nullable [] values) {
    String[] parts = english.split("\\{}", -1);
    StringBuilder numbered = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      numbered.append('{').append(i - 1).append('}').append(parts[i]);
    }
    return values == null ? ofText(english) : of(numbered.toString(), values);
  }

  /** These after each other. */
  public static Message joined(Message between, List<?> parts) {
    List<Object> values = new ArrayList<>();
    StringBuilder places = new StringBuilder();
    for (Object part : parts) {
      if (!values.isEmpty()) {
        places.append('{').append(values.size()).append('}');
        values.add(between);
      }
      places.append('{').append(values.size()).append('}');
      values.add(part(part));
    }
    return new Message(places.toString(), values);
  }

  /** These after each other, with nothing in between. */
  public static Message joined(Message... parts) {
    return joined(NOTHING, List.of(parts));
  }

  /** One of these, as they stand. */
  public static Message anyOf(List<?> these) {
    return joined(Message.of(" or "), these);
  }

  /** All of these, as they stand. */
  public static Message all(List<?> these) {
    return joined(Message.of(", "), these);
  }

  /** What a person is told about a failure; of one that has no message of its own, its text. */
  public static Message of(Throwable failure) {
    return failure instanceof Told told
        ? told.told()
        : verbatim(String.valueOf(failure.getMessage()));
  }

  /** In that language; in English where nobody has translated it. */
  public String in(Language language) {
    Matcher place = PLACE.matcher(language == Language.ZH ? Chinese.of(english) : english);
    return place.replaceAll(
        found -> {
          int number = Integer.parseInt(found.group(1));
          Object value = number < values.size() ? values.get(number) : found.group();
          return Matcher.quoteReplacement(said(value, language));
        });
  }

  private static String said(Object value, Language language) {
    if (value instanceof Message message) {
      return message.in(language);
    }
    return value instanceof Reason reason ? reason.in(language) : value.toString();
  }

  /** In English. */
  @Override
  public String toString() {
    return in(Language.EN);
  }

  /** A failure that knows what to tell people. */
  public interface Told {

    /** What to tell. */
    Message told();
  }
}
