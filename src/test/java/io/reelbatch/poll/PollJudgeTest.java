package io.reelbatch.poll;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.OpenTask;
import io.reelbatch.ledger.TaskFacts;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Blame;
import io.reelbatch.model.Effort;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.Video;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollJudgeTest {

  private static final Instant ACCEPTED_AT = Instant.parse("2026-11-20T09:00:00Z");
  private static final URI LINK = URI.create("https://cdn.example/kite.mp4");
  private static final Evidence SAID = new Evidence(200, "request-1", "{\"as\":\"it came\"}");
  private static final Reason WORDS = new Reason("code", "words", "话");

  private final PollJudge judge =
      new PollJudge(
          new PollSettings(
              Duration.ofSeconds(30),
              Duration.ofSeconds(15),
              Duration.ofSeconds(60),
              Duration.ofHours(24),
              2,
              1));

  // Times count from the moment at which the task was accepted; "-" stands for nothing.
  @ParameterizedTest(name = "{0}: {6} -> {7}, {8}")
  @CsvSource(
      textBlock =
          """
          first word,           0, -,       -,  -,       PT1M,    working queued -,      asked again, queued - - -
          the same word,        0, queued,  -,  -,       PT1M,    working queued -,      asked again, nothing written
          another word,         0, queued,  -,  -,       PT1M,    working running -,     asked again, running - - -
          the same percent,     0, running, 40, -,       PT1M,    working running 40,    asked again, nothing written
          more percent,         0, running, 40, -,       PT1M,    working running 41,    asked again, running 41 - -
          no percent any more,  0, running, 40, -,       PT1M,    working running -,     asked again, running - - -
          known again,          0, running, 40, PT1H,    PT2H,    working running 40,    asked again, running 40 - -
          done,                 0, running, 40, -,       PT1M,    succeeded link,        SUCCEEDED,   done 40 - -
          done after doubt,     0, running, 40, PT1H,    PT2H,    succeeded link,        SUCCEEDED,   done 40 - -
          done without link,    0, running, 40, -,       PT1M,    succeeded -,           asked again, done 100 no_link -
          again without link,   1, done,    100, -,      PT1M,    succeeded -,           asked again, done 100 no_link -
          for good,             2, done,    100, -,      PT1M,    succeeded -,           SUCCEEDED,   done 100 no_link -
          the link came late,   2, done,    100, -,      PT1M,    succeeded link,        SUCCEEDED,   done 100 - -
          failed,               0, running, 40, -,       PT1M,    failed,                FAILED,      failed 40 code -
          expired,              0, running, 40, -,       PT1M,    expired,               LOST,        expired 40 code -
          trouble,              0, running, 40, PT1H,    PT2H,    trouble,               asked again, nothing written
          the key is refused,   0, running, 40, -,       PT1M,    denied,                asked again, nothing written
          unknown too early,    0, -,       -,  -,       PT59.999S, unknown,             asked again, nothing written
          unknown,              0, -,       -,  -,       PT60S,   unknown,               asked again, - - code PT1M
          still unknown,        0, -,       -,  PT1M,    PT24H,   unknown,               asked again, nothing written
          unknown for a day,    0, -,       -,  PT1M,    PT24H1M, unknown,               LOST,        - - code PT1M
          unknown to a new key,  0, -,       -,  PT1M,    PT99H,   unknown to this key,   asked again, nothing written
          first time late,      0, running, 40, -,       PT99H,   unknown,               asked again, running 40 code PT99H
          """)
  void onlyTheGatewaysClearWordEndsARow(
      String situation,
      int unlinked,
      String status,
      String percent,
      String unknownSince,
      Duration now,
      String answer,
      String expected,
      String written) {
    var task =
        new WatchedTask(
            open(),
            7,
            unlinked,
            textOrNull(status),
            percent.equals("-") ? null : Integer.valueOf(percent),
            unknownSince.equals("-") ? null : ACCEPTED_AT.plus(Duration.parse(unknownSince)));

    var verdict =
        judge.judge(
            task,
            answer(answer),
            ACCEPTED_AT.plus(now),
            answer.endsWith("to this key")
                ? PollJudge.Key.KNOWS_NONE_YET
                : PollJudge.Key.KNOWS_OTHERS);

    assertThat(verdict.event() == null ? "asked again" : verdict.event().name())
        .as(situation)
        .isEqualTo(expected);
    assertThat(shown(verdict.facts())).as(situation).isEqualTo(written);
    assertThat(verdict.task().polls()).isEqualTo(8);
    assertThat(verdict.task().task()).isEqualTo(task.task());
  }

  @Test
  void aLostRowIsToldWhatItMeansAndWhatComesNext() {
    for (String answer : List.of("unknown", "expired")) {
      var task = new WatchedTask(open(), 7, 0, null, null, ACCEPTED_AT);

      var verdict =
          judge.judge(
              task,
              answer(answer),
              ACCEPTED_AT.plus(Duration.ofHours(25)),
              PollJudge.Key.KNOWS_OTHERS);

      Reason error = requireNonNull(requireNonNull(verdict.facts()).error());
      assertThat(verdict.event()).isEqualTo(RowEvent.LOST);
      assertThat(error.code()).isEqualTo("code");
      assertThat(error.message())
          .contains("code: words", "paid", "later runs ask after it", "reelbatch again");
      assertThat(error.messageZh()).contains("话", "付", "reelbatch again");
    }
  }

  @Test
  void whatIsWrittenIsTheAnswerAsItCame() {
    var task = WatchedTask.of(open());

    var verdict =
        judge.judge(task, answer("succeeded link"), ACCEPTED_AT, PollJudge.Key.KNOWS_NONE_YET);

    assertThat(verdict.facts())
        .isEqualTo(
            new TaskFacts(
                "done", null, new Video(LINK, null, null), null, 4, null, "{\"as\":\"it came\"}"));
  }

  @Test
  void whyARowFailedIsSaidInTheGatewaysWords() {
    var verdict =
        judge.judge(
            WatchedTask.of(open()), answer("failed"), ACCEPTED_AT, PollJudge.Key.KNOWS_NONE_YET);

    assertThat(verdict.facts()).extracting(TaskFacts::error).isEqualTo(WORDS);
  }

  @Test
  void aMissingLinkIsExplainedInBothLanguages() {
    var verdict =
        judge.judge(
            WatchedTask.of(open()),
            answer("succeeded -"),
            ACCEPTED_AT,
            PollJudge.Key.KNOWS_NONE_YET);

    assertThat(verdict.facts())
        .extracting(TaskFacts::error)
        .isEqualTo(
            new Reason(
                "no_link",
                "The gateway shows the task as done but gives no link; ask its support with the"
                    + " task id.",
                "网关显示任务已完成，但没有给出视频链接；请凭任务编号联系客服。"));
    assertThat(verdict.task().unlinked()).isEqualTo(1);
  }

  @Test
  void theCountOfMissingLinksSurvivesAnswersOfAnotherKind() {
    var once = new WatchedTask(open(), 7, 1, "done", 100, null);

    for (String answer : new String[] {"working running 40", "trouble", "unknown"}) {
      var verdict = judge.judge(once, answer(answer), ACCEPTED_AT, PollJudge.Key.KNOWS_OTHERS);

      assertThat(verdict.task().unlinked()).isEqualTo(1);
    }
  }

  @Test
  void anIdThatIsKnownAgainForgetsHowLongItWasNot() {
    var unknown = new WatchedTask(open(), 7, 0, "running", 40, ACCEPTED_AT.plusSeconds(90));

    var verdict =
        judge.judge(
            unknown,
            answer("working running 40"),
            ACCEPTED_AT.plusSeconds(120),
            PollJudge.Key.KNOWS_OTHERS);

    assertThat(verdict.task().unknownSince()).isNull();
    assertThat(
            judge
                .judge(
                    unknown,
                    answer("trouble"),
                    ACCEPTED_AT.plusSeconds(120),
                    PollJudge.Key.KNOWS_OTHERS)
                .task()
                .unknownSince())
        .isEqualTo(ACCEPTED_AT.plusSeconds(90));
  }

  private static TaskAnswer answer(String words) {
    String[] word = words.split(" ", -1);
    return switch (word[0]) {
      case "working" ->
          new TaskAnswer.Working(
              word[1], word[2].equals("-") ? null : Integer.valueOf(word[2]), SAID);
      case "succeeded" ->
          new TaskAnswer.Succeeded(
              "done", new Video(word[1].equals("-") ? null : LINK, null, null), SAID);
      case "failed" -> new TaskAnswer.Failed("failed", WORDS, Blame.PROVIDER, SAID);
      case "expired" -> new TaskAnswer.Expired("expired", WORDS, SAID);
      case "unknown" -> new TaskAnswer.Unknown(WORDS, SAID);
      case "trouble" -> new TaskAnswer.Trouble(WORDS, null, SAID);
      case "denied" -> new TaskAnswer.Denied(WORDS, SAID);
      default -> throw new IllegalArgumentException(words);
    };
  }

  private static String shown(@Nullable TaskFacts facts) {
    if (facts == null) {
      return "nothing written";
    }
    Instant since = facts.unknownSince();
    return or(facts.status())
        + " "
        + (facts.percent() == null ? "-" : facts.percent())
        + " "
        + (facts.error() == null ? "-" : facts.error().code())
        + " "
        + (since == null ? "-" : Duration.between(ACCEPTED_AT, since));
  }

  private static String or(@Nullable String text) {
    return text == null ? "-" : text;
  }

  private static @Nullable String textOrNull(String text) {
    return text.equals("-") ? null : text;
  }

  private static OpenTask open() {
    return new OpenTask(
        1,
        1,
        1,
        new RowKey("kite"),
        new Kind("create sora-2"),
        Endpoint.UNIFIED,
        new Effort("create sora-2"),
        RowState.ACCEPTED,
        2,
        new TaskId("sora-2:task_1"),
        AccountName.DEFAULT,
        ACCEPTED_AT,
        3,
        null,
        null,
        null);
  }
}
