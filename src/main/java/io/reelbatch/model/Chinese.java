package io.reelbatch.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The Chinese of the program's messages, by their English: {@code messages_zh.po}, in the format of
 * gettext, which editors for translators know; each text on one line. Read when the first message
 * is said in Chinese, so that nobody else waits for it.
 */
final class Chinese {

  private static final String ENGLISH = "msgid \"";
  private static final String TRANSLATED = "msgstr \"";

  /** What systems and libraries say; the code has it nowhere. */
  static final Set<String> OF_OTHERS = new HashSet<>();

  /** By the English. */
  static final Map<String, String> TEXTS = read();

  private Chinese() {}

  /** The Chinese; the English where there is none. */
  static String of(String english) {
    return TEXTS.getOrDefault(english, english);
  }

  private static Map<String, String> read() {
    Map<String, String> texts = new HashMap<>();
    try (InputStream in = Chinese.class.getResourceAsStream("messages_zh.po");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      String english = "";
      boolean ours = true;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#.")) { // as gettext marks a note on the next text
          ours = false;
        } else if (line.startsWith(ENGLISH)) {
          english = text(line, ENGLISH);
          if (!ours) {
            OF_OTHERS.add(english);
          }
          ours = true;
        } else if (line.startsWith(TRANSLATED)
            && texts.put(english, text(line, TRANSLATED)) != null) {
          throw new IllegalStateException("stands twice in messages_zh.po: " + english);
        }
      }
      return Map.copyOf(texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String line, String start) {
    return line.substring(start.length(), line.length() - 1).replace("\\\"", "\"");
  }
}
