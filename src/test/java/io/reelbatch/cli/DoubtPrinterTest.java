package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.job.Candidate;
import io.reelbatch.job.DoubtList;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Language;
import io.reelbatch.model.ListedTask;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtPrinterTest {

  private static final Instant SENT = Instant.parse("2026-11-20T09:00:00Z");
  private static final TaskListing ALL = new TaskListing.Listed(List.of(), TaskListing.Reach.ALL);

  @Test
  void theOneTaskThatFitsIsLikelyAndItsCommandCanBeCopied() {
    String printed =
        printed(ALL, row("shot 1", candidate("video_1", Candidate.Likeness.PROMPT, "sora-2")));

    assertThat(printed)
        .contains("    likely video_1, queued, made 2026-11-20T09:00:02Z: the same prompt\n")
        .contains("        reelbatch doubt adopt --batch shots 'shot 1' video_1\n")
        .contains("1 in doubt. The gateway's list of tasks was read:");
  }

  @Test
  void whatIsTypedNextNamesTheBatch() {
    assertThat(printed(ALL, row("a")))
        .contains(
            "reelbatch doubt adopt --batch shots ROW TASK_ID",
            "reelbatch doubt resubmit --batch shots ROW",
            "reelbatch doubt write-off --batch shots ROW");
  }

  @Test
  void whatIsNotSureIsSaidToBeSo() {
    String printed =
        printed(
            new TaskListing.Listed(List.of(), TaskListing.Reach.PART),
            row(
                "a",
                candidate("video_1", Candidate.Likeness.PROMPT, "sora_video2"),
                candidate("video_2", Candidate.Likeness.BEGINNING, "sora-2"),
                candidate("video_3", Candidate.Likeness.MODEL_AND_TIME, "sora-2")),
            row("b", candidate("video_1", Candidate.Likeness.PROMPT, "sora-2")));

    assertThat(printed)
        .doesNotContain("likely")
        .contains("the same prompt, but the model is called sora_video2; one of 3 tasks that fit")
        .contains("cut short and begins like the row's; one of 3")
        .contains("model and time fit; its prompt is not shown; one of 3")
        .contains("the same prompt; fits 2 rows")
        .contains("though not to its end, so that there may be more");
  }

  @Test
  void aRowThatNoTaskOfTheListFitsIsToldFromOneThatNobodyLookedFor() {
    TaskListing none = new TaskListing.NotOffered(Reason.of("http_404", "HTTP 404"));

    assertThat(printed(ALL, row("a"))).contains("    no task of the list fits\n");
    assertThat(printed(none, row("a"))).doesNotContain("fits");
  }

  @Test
  void aGatewayWithoutAListIsSaidToHaveNone() {
    assertThat(printed(new TaskListing.NotOffered(Reason.of("http_404", "HTTP 404")), row("a")))
        .contains(
            "1 in doubt. The gateway has no list of tasks that could be asked (http_404), so");
    assertThat(printed(new TaskListing.Unread(Reason.of("not_asked", "there is no key")), row("a")))
        .contains("The gateway's list of tasks could not be read (there is no key), so");
    assertThat(printed(new TaskListing.Unread(Reason.of("not_asked", "x"))))
        .isEqualTo("no rows in doubt\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          shot-001         | shot-001
          sora-2:task_1    | sora-2:task_1
          镜头#2            | 镜头#2
          ~5f3a#1          | '~5f3a#1'
          #1               | '#1'
          -x               | '-x'
          a b              | 'a b'
          x;rm -rf $HOME   | 'x;rm -rf $HOME'
          it's             | 'it'\\''s'
          """)
  void aNameFromOutsideIsOneWordToTheShell(String text, String word) {
    assertThat(Shell.word(text)).isEqualTo(word);
  }

  private static String printed(TaskListing listing, DoubtList.Row... rows) {
    StringWriter text = new StringWriter();
    new DoubtPrinter(new PrintWriter(text, true), " --batch shots", new Phrases(Language.EN))
        .print(new DoubtList(List.of(rows), listing));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static DoubtList.Row row(String key, Candidate... candidates) {
    return new DoubtList.Row(
        new Doubt(
            new RowKey(key),
            SENT,
            "sora-2",
            "a red kite",
            Endpoint.OPENAI,
            AccountName.DEFAULT,
            Reason.of("connection_lost", "no answer"),
            null,
            null,
            1,
            0),
        List.of(candidates));
  }

  private static Candidate candidate(String id, Candidate.Likeness likeness, String model) {
    return new Candidate(
        new ListedTask(new TaskId(id), "p", model, SENT.plusSeconds(2), "queued"), likeness);
  }
}
