package io.reelbatch.report;

import io.reelbatch.model.Language;
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

/** The report's own words in one language: {@code words_en.properties} and its siblings, UTF-8. */
final class Words {

  private final Language language;
  private final Properties texts = new Properties();

  private Words(Language language) {
    this.language = language;
  }

  static Words of(Language language) {
    Words words = new Words(language);
    String file = "words_" + language.name().toLowerCase(Locale.ROOT) + ".properties";
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      words.texts.load(
          new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }

  Language language() {
    return language;
  }

  /**
   * The text of a key with its places filled in; numbers are written as the language writes them.
   */
  String say(String key, Object... values) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no word in " + language + " for " + key);
    }
    return new MessageFormat(text, language.locale()).format(values);
  }

  /** All texts whose key starts with this, by what follows it; as they stand in the file. */
  Map<String, String> under(String start) {
    Map<String, String> found = new TreeMap<>();
    for (String key : texts.stringPropertyNames()) {
      if (key.startsWith(start)) {
        found.put(key.substring(start.length()), texts.getProperty(key));
      }
    }
    return found;
  }
}
