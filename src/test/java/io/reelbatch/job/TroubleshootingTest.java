package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.HaltCause;
import io.reelbatch.pacing.StopCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever looks for a message of the program in the guide finds it. */
class TroubleshootingTest {

  private static final Path GUIDE = Path.of("src", "docs", "troubleshooting.md");
  private static final Path CODE = Path.of("src", "main", "java");

  /** Sentences for the person at the keyboard are made in these. */
  private static final Pattern MADE =
      Pattern.compile(
          "new (?:UsageException|DeskException|WrongRowException|Explanation)\\(|"
              + "(?:HomeInUse|NewerLedger)Exception extends");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final int WORDS_ENOUGH = 26;

  // Only names, or a sentence of somebody else: nothing to look for.
  private static final int TOO_SHORT = 10;

  @Test
  void everyCauseThatStopsSendingOrARunIsThere() throws IOException {
    String guide = Files.readString(GUIDE);

    for (HaltCause cause : HaltCause.values()) {
      assertThat(guide).contains("`" + cause.text() + "`");
    }
    for (StopCause cause : StopCause.values()) {
      assertThat(guide).contains("`" + cause.text() + "`");
    }
  }

  @Test
  void everyExitCodeHasItsPlace() throws IOException {
    String guide = Files.readString(GUIDE);

    for (Ending ending : Ending.values()) {
      if (ending != Ending.SUCCEEDED) {
        assertThat(guide).containsPattern("\\b" + ending.code() + "\\b");
      }
    }
  }

  @Test
  void everySentenceOfARefusalIsThere() throws IOException {
    String guide = Files.readString(GUIDE);
    List<String> missing = new ArrayList<>();
    int seen = 0;
    for (Path file : sources()) {
      for (String sentence : sentences(Files.readString(file))) {
        seen++;
        String words = sentence.substring(0, Math.min(sentence.length(), WORDS_ENOUGH)).strip();
        if (!guide.contains(words)) {
          missing.add(file.getFileName() + ": " + sentence);
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(seen).as("the sentences were found at all").isGreaterThan(35);
  }

  @Test
  void itsLinksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String page : List.of("troubleshooting.md", "cron.md", "doubt.md", "README.zh-CN.md")) {
      Matcher links =
          Pattern.compile("]\\(([\\w./-]*)(?:#([\\w-]+))?\\)")
              .matcher(Files.readString(GUIDE.resolveSibling(page)));
      while (links.find()) {
        Path to = GUIDE.resolveSibling(links.group(1).isEmpty() ? page : links.group(1));
        if (!Files.exists(to)
            || (links.group(2) != null && !anchors(to).contains(links.group(2)))) {
          broken.add(page + ": " + links.group());
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-'))
        .toList();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(CODE)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** With dots for names and amounts, which nobody looks for where a sentence begins. */
  private static String asInTheGuide(String sentence) {
    return sentence.replaceAll("(\\{\\d+})+", "…").replaceAll("^…[,:;.]? ?", "").strip();
  }

  /** The first fixed words of each, by which people look: names and amounts stand between them. */
  private static List<String> sentences(String code) {
    List<String> found = new ArrayList<>();
    Matcher made = MADE.matcher(code);
    while (made.find()) {
      String rest = code.substring(made.end());
      int end = rest.indexOf(";\n");
      String call = made.group().endsWith("(") && end >= 0 ? rest.substring(0, end) : rest;
      LITERAL
          .matcher(call)
          .results()
          .map(match -> asInTheGuide(match.group(1).replace("\\\"", "\"")))
          .filter(sentence -> sentence.length() >= TOO_SHORT)
          .findFirst()
          .ifPresent(found::add);
    }
    return found;
  }
}
