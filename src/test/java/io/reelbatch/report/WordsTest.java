package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Language;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import io.reelbatch.pacing.StopCause;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {

  private static final Pattern PLACE = Pattern.compile("\\{(\\d)");

  private final Words english = Words.beside(ReportPage.class, Language.EN);
  private final Words chinese = Words.beside(ReportPage.class, Language.ZH);

  @Test
  void bothLanguagesSayTheSameThings() {
    assertThat(chinese.under("").keySet()).isEqualTo(english.under("").keySet());
  }

  @Test
  void bothLanguagesTellTheSameFigures() {
    Map<String, String> inChinese = chinese.under("");

    english
        .under("")
        .forEach(
            (key, text) -> {
              if (!key.equals("js.count.one")) {
                assertThat(places(inChinese.getOrDefault(key, ""))).as(key).isEqualTo(places(text));
              }
            });
  }

  @Test
  void whatStoppedARunIsSaidAsTheCommandLineSaysIt() {
    for (HaltCause cause : HaltCause.values()) {
      assertThat(english.say("halt." + cause)).isEqualTo(cause.text());
    }
    for (StopCause cause : StopCause.values()) {
      assertThat(english.say("stop." + cause)).isEqualTo(cause.text());
    }
  }

  @Test
  void everyStateHasItsWords() {
    for (RowState state : RowState.values()) {
      for (Words words : new Words[] {english, chinese}) {
        assertThat(words.say("state." + state)).isNotBlank();
        if (state != RowState.SUCCEEDED) {
          assertThat(words.say("clause." + state, 2)).contains("2");
        }
      }
    }
  }

  @Test
  void numbersAndPluralsAreTheLanguages() {
    assertThat(english.say("lead.all", 1)).isEqualTo("The one video is ready.");
    assertThat(english.say("lead.all", 12_000)).isEqualTo("All 12,000 videos are ready.");
    assertThat(english.say("lead.some", 0, 12)).isEqualTo("None of the 12 videos is ready.");
    assertThat(english.say("lead.some", 1, 12)).isEqualTo("1 of 12 videos is ready.");
    assertThat(chinese.say("lead.all", 12_000)).isEqualTo("12,000 条视频全部完成。");
    assertThat(chinese.say("lead.some", 9, 12)).isEqualTo("12 条视频，完成了 9 条。");
  }

  @Test
  void aTextThatIsMissingIsAMistakeOfOurs() {
    assertThatThrownBy(() -> english.say("no.such.text")).hasMessageContaining("no.such.text");
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
