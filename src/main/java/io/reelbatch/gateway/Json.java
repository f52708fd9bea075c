package io.reelbatch.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Answers as trees. Lenient where leniency can save an id that was paid for: text after the end,
 * NaN, raw line breaks in strings. Depth and number length are bounded by the library's defaults.
 */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The tree; missing when the text is not JSON. */
  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** The first of these places that holds text other than blank. */
  static @Nullable String text(JsonNode node, String... pointers) {
    for (String pointer : pointers) {
      JsonNode found = node.at(pointer);
      if (found.isString() && !found.stringValue().isBlank()) {
        return found.stringValue();
      }
    }
    return null;
  }

  /** A word for comparing: lower case, trimmed, joined by underscores. */
  static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
  }
}
