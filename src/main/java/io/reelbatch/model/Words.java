package io.reelbatch.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a part of the program says to people, in one language: {@code words_en.properties} and its
 * siblings beside the classes of that part, UTF-8. Immutable once read.
 */
public final class Words {

  private final Language language;
  private final Properties texts = new Properties();

  private Words(Language language) {
    this.language = language;
  }

  /** The words that lie beside this class, and those that all parts share, which lie here. */
  public static Words beside(Class<?> owner, Language language) {
    Words words = new Words(language);
    words.read(Words.class);
    words.read(owner);
    return words;
  }

  private void read(Class<?> owner) {
    String file = "words_" + language.name().toLowerCase(Locale.ROOT) + ".properties";
    try (InputStream in = owner.getResourceAsStream(file)) {
      texts.load(new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What they are in. */
  public Language language() {
    return language;
  }

  /**
   * The text of a key with its places filled in; numbers are written as the language writes them.
   */
  public String say(String key, Object... values) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no word in " + language + " for " + key);
    }
    return new MessageFormat(text, language.locale()).format(values);
  }

  /** All texts whose key starts with this, by what follows it; as they stand in the file. */
  public Map<String, String> under(String start) {
    Map<String, String> found = new TreeMap<>();
    for (String key : texts.stringPropertyNames()) {
      if (key.startsWith(start)) {
        found.put(key.substring(start.length()), texts.getProperty(key));
      }
    }
    return found;
  }
}
