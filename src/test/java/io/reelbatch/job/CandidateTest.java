package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.ListedTask;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateTest {

  private static final Instant SENT = Instant.parse("2026-11-20T09:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          a red kite over fresh snow, sora-2, 0,    PROMPT
          ' a red  kite over fresh snow ', x, 10,   PROMPT
          a red kite over fresh snow, -,      -,    PROMPT
          a red kite over fresh…,     sora-2, 10,   BEGINNING
          a red kite over fresh...,   sora-2, 10,   BEGINNING
          a red kite over fresh,      sora-2, -,    BEGINNING
          -,                          sora-2, 10,   MODEL_AND_TIME
          -,                          sora-3, 10,   -
          -,                          -,      10,   -
          -,                          sora-2, -,    -
          a red…,                     sora-2, 10,   -
          a blue kite over fresh snow,sora-2, 10,   -
          a red kite over fresh snow, sora-2, -120, PROMPT
          a red kite over fresh snow, sora-2, -121, -
          a red kite over fresh snow, sora-2, 300,  PROMPT
          a red kite over fresh snow, sora-2, 301,  -
          """)
  void aTaskMayBeARowsByPromptModelAndTime(
      @Nullable String prompt,
      @Nullable String model,
      @Nullable Integer secondsLater,
      Candidate.@Nullable Likeness likeness) {
    Instant at = secondsLater == null ? null : SENT.plusSeconds(secondsLater);
    ListedTask task = new ListedTask(new TaskId("video_1"), prompt, model, at, "queued");

    assertThat(Candidate.of(doubt("a"), task, PATIENCE).map(Candidate::likeness).orElse(null))
        .isEqualTo(likeness);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a red kite over fresh snow,     false
          ' a red  kite over fresh snow ',false
          a red…,                         false
          a blue kite over fresh snow,    true
          a red kite over fresh snow!,    true
          """)
  void anotherPromptIsAnotherRows(String shown, boolean differs) {
    assertThat(Candidate.isOfAnother(doubt("a").prompt(), shown)).isEqualTo(differs);
  }

  @Test
  void tasksOfKnownRowsAreNoCandidatesAndTheLikeliestComesFirst() {
    ListedTask unseen = task("video_1", null);
    ListedTask same = task("video_2", "a red kite over fresh snow");
    ListedTask known = task("video_3", "a red kite over fresh snow");

    DoubtList list =
        DoubtList.of(
            List.of(doubt("a"), doubt("b")),
            Map.of(
                AccountName.DEFAULT,
                new TaskListing.Listed(List.of(unseen, same, known), TaskListing.Reach.ALL)),
            task -> !task.equals(known),
            PATIENCE);

    assertThat(list.rows().get(0).candidates())
        .extracting(candidate -> candidate.task().task().value())
        .containsExactly("video_2", "video_1");
    assertThat(list.rowsFor(list.rows().get(0).candidates().get(0))).isEqualTo(2);
  }

  private static ListedTask task(String id, @Nullable String prompt) {
    return new ListedTask(new TaskId(id), prompt, "sora-2", SENT.plusSeconds(1), "queued");
  }

  static Doubt doubt(String row) {
    return new Doubt(
        new RowKey(row),
        SENT,
        "sora-2",
        "a red kite over fresh snow",
        Endpoint.OPENAI,
        AccountName.DEFAULT,
        Reason.of("connection_lost", "no answer"),
        null,
        null,
        1,
        0);
  }
}
