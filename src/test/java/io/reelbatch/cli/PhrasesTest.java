package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Language;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import io.reelbatch.pacing.StopCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasesTest {

  private static final Pattern PLACE = Pattern.compile("\\{(\\d)");
  private static final Pattern BARE_COMMAND =
      Pattern.compile(
          "(?<!reelbatch |'|[\\w-])(?:run|check|init|again|doubt [a-z-]+)(?: ROW)? "
              + "(?:\\{\\d}|shots|--batch|TASK_ID)");
  private static final Pattern SAID = Pattern.compile("say\\(\\s*\"([a-zA-Z.-]+)\"");

  private final Map<String, String> english = Words.beside(Phrases.class, Language.EN).under("");
  private final Map<String, String> chinese = Words.beside(Phrases.class, Language.ZH).under("");

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
  }

  @Test
  void noSentenceLosesAFigureInTranslation() {
    english.forEach(
        (key, text) ->
            assertThat(places(chinese.getOrDefault(key, ""))).as(key).isEqualTo(places(text)));
  }

  @Test
  void whatTheCommandsSayIsThere() throws IOException {
    Set<String> said = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/reelbatch/cli"))) {
      for (Path source : sources.toList()) {
        Matcher key = SAID.matcher(Files.readString(source));
        while (key.find()) {
          if (!key.group(1).endsWith(".")) { // what follows comes from an enum
            said.add(key.group(1));
          }
        }
      }
    }

    assertThat(said).isNotEmpty();
    assertThat(english.keySet()).containsAll(said);
  }

  @Test
  void aCommandIsSaidAsItIsTyped() {
    Stream.of(english, chinese)
        .forEach(
            words ->
                assertThat(words.values())
                    .noneMatch(text -> BARE_COMMAND.matcher(text).find())
                    .anyMatch(text -> text.contains("reelbatch run ")));
  }

  @Test
  void everyStateAndEveryCauseHasItsWords() {
    for (Language language : Language.values()) {
      Phrases phrases = new Phrases(language);
      for (RowState state : RowState.values()) {
        assertThat(phrases.states(new Counts(Map.of(state, 2000L)))).contains("2000");
      }
      for (HaltCause cause : HaltCause.values()) {
        assertThat(phrases.cause(cause)).isNotBlank();
      }
      for (StopCause cause : StopCause.values()) {
        assertThat(phrases.cause(cause)).isNotBlank();
      }
    }
  }

  @Test
  void timesAreRoundedAsPeopleSayThem() {
    Phrases phrases = new Phrases(Language.EN);

    assertThat(phrases.time(Duration.ofMillis(3))).isEqualTo("1 s");
    assertThat(phrases.time(Duration.ofSeconds(119))).isEqualTo("119 s");
    assertThat(phrases.time(Duration.ofMinutes(119))).isEqualTo("119 min");
    assertThat(phrases.time(Duration.ofMinutes(150))).isEqualTo("2.5 h");
    assertThat(phrases.shortTime(Duration.ofMillis(558))).isEqualTo("558 ms");
    assertThat(phrases.shortTime(Duration.ofMillis(1_234))).isEqualTo("1.2 s");
    assertThat(phrases.shortTime(Duration.ofSeconds(61))).isEqualTo("61 s");
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      places.add(place.group(1));
    }
    return places;
  }
}
