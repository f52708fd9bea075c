package io.reelbatch.model;

import static io.reelbatch.model.Language.EN;
import static io.reelbatch.model.Language.ZH;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageTest {

  private static final Path CODE = Path.of("src", "main", "java");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern SAID =
      Pattern.compile("Message\\.of\\(\\s*((?:" + LITERAL + "[\\s+]*)+)");
  private static final Pattern LOGGED =
      Pattern.compile("(?:log\\.(?:info|warn|error)|\\.log)\\(\\s*((?:" + LITERAL + "[\\s+]*)+)");
  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");

  /** Where a sentence for people would be in one language alone. */
  private static final Pattern ENGLISH_ALONE =
      Pattern.compile(
          "new (?:\\w+\\.)?(?:UsageException|DeskException|WrongRowException|LedgerException|"
              + "ParameterException)\\(\\s*(?:Ending\\.\\w+,\\s*)?(?:\\w+\\(?\\)?,\\s*)?\"");

  @Test
  void whatTheProgramSaysIsInBothLanguages() throws IOException {
    Set<String> said = said();

    assertThat(said).hasSizeGreaterThan(200);
    assertThat(said)
        .filteredOn(text -> !Chinese.TEXTS.containsKey(text) && hasWords(text))
        .isEmpty();
  }

  @Test
  void nothingIsTranslatedThatNobodySays() throws IOException {
    Set<String> code = said();
    Set<String> whole = new TreeSet<>(Chinese.TEXTS.keySet());
    whole.removeAll(code);
    whole.removeAll(Chinese.OF_OTHERS);

    assertThat(whole).isEmpty();
  }

  @Test
  void noSentenceLosesAValueInTranslation() {
    Chinese.TEXTS.forEach(
        (english, chinese) -> assertThat(places(chinese)).as(english).isEqualTo(places(english)));
  }

  @Test
  void nothingForPeopleIsMadeOfEnglishAlone() throws IOException {
    for (Path source : sources()) {
      if (!ofDevelopers(source)) {
        assertThat(ENGLISH_ALONE.matcher(Files.readString(source)).results())
            .as(source.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void aMessageIsReadInEitherLanguage() {
    Message message =
        new LineError(
                7,
                "方向",
                "lanscape",
                Message.of("must be {0}", Message.anyOf(List.of("landscape", "portrait"))),
                List.of(),
                "landscape")
            .message();

    assertThat(message.in(EN))
        .isEqualTo(
            "line 7, column 方向, \"lanscape\": must be landscape or portrait; did you mean"
                + " 'landscape'?");
    assertThat(message.in(ZH))
        .isEqualTo("第 7 行，方向 列，“lanscape”：必须是 landscape 或 portrait；是不是“landscape”？");
  }

  @Test
  void whatSomebodyElseSaidStaysAsItIs() {
    assertThat(Message.verbatim("no answer {0} $1").in(ZH)).isEqualTo("no answer {0} $1");
    assertThat(Message.of("no answer").in(ZH)).isEqualTo("没有答复");
    assertThat(Message.of(new IllegalStateException("odd {7}")).in(ZH)).isEqualTo("odd {7}");
    assertThat(Message.ofText("odd {7}")).hasToString("odd {7}");
  }

  @Test
  void aReasonWithinAMessageIsInItsLanguage() {
    Message message =
        Message.of(
            "the first row was refused ({0}); the others may fare no better",
            new Reason("moderation", "not allowed", "内容不合规"));

    assertThat(message)
        .hasToString(
            "the first row was refused (moderation: not allowed); the others may fare no better");
    assertThat(message.in(ZH)).isEqualTo("第一条被拒绝（内容不合规），其余的多半也一样");
  }

  @Test
  void aLogLineIsSaidByItsPattern() {
    Message logged =
        Message.logged(
            "row {} was not sent, nothing was charged: {}",
            new Object[] {new RowKey("a"), new Reason("x", "no", null)});

    assertThat(logged).hasToString("row a was not sent, nothing was charged: x: no");
    assertThat(logged.in(ZH)).isEqualTo("a 没有提交，没有产生费用：x: no");
    assertThat(Message.logged("{} of {}", new Object[] {1, 2})).hasToString("1 of 2");
    assertThat(Message.logged("the ledger is {odd}", null)).hasToString("the ledger is {odd}");
  }

  /** All that stands as a literal in a message or in what is logged. */
  private static Set<String> said() throws IOException {
    Set<String> said = new TreeSet<>();
    for (Path source : sources()) {
      String code = Files.readString(source);
      SAID.matcher(code).results().forEach(message -> said.add(text(message.group(1))));
      if (!ofDevelopers(source)) {
        LOGGED
            .matcher(code)
            .results()
            .map(message -> Message.logged(text(message.group(1)), new Object[9]).english())
            .forEach(said::add);
      }
    }
    return said;
  }

  private static boolean hasWords(String text) {
    return !text.replaceAll("\\{\\d+}|[\\p{P}\\p{S}]", "").isBlank();
  }

  private static String text(String literals) {
    StringBuilder text = new StringBuilder();
    LITERAL.matcher(literals).results().forEach(part -> text.append(part.group(1)));
    return text.toString().replace("\\\"", "\"");
  }

  private static boolean ofDevelopers(Path source) {
    return source.toString().contains("elftest") || source.toString().contains("imulat");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(CODE)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      places.add(place.group());
    }
    return places;
  }
}
