package io.reelbatch.cli;

import io.reelbatch.job.Ending;
import io.reelbatch.job.FetchedVideos;
import io.reelbatch.job.RunResult;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Spent;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.RunControl;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The summary of a run: what happened, what it means for the money, what to do next. */
final class ResultPrinter {

  private final String batch;
  private final ErrorPrinter rejections;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Phrases phrases;

  /**
   * Prints to these.
   *
   * @param home where the state is, as it is typed
   */
  ResultPrinter(
      BatchName batch,
      String home,
      ErrorPrinter rejections,
      PrintWriter out,
      PrintWriter err,
      Phrases phrases) {
    this.batch = Shell.word(batch.value()) + home;
    this.rejections = rejections;
    this.out = out;
    this.err = err;
    this.phrases = phrases;
  }

  void print(RunResult result) {
    result
        .warnings()
        .forEach(warning -> err.println(phrases.say("note", OneLine.of(phrases.say(warning)))));
    if (result.ending() == Ending.REJECTED) {
      rejected(result);
    }
    if (result.lines() != null) {
      out.println(
          phrases.say("result.lines", result.lines().all(), phrases.states(result.lines())));
    }
    for (Spent spent : result.spent()) {
      out.println(money(spent));
    }
    if (result.promptness() != null) {
      out.println(polls(result.promptness()));
    }
    if (result.videos() != null) {
      out.println(videos(result.videos()));
    }
    for (String sentence : sentences(result)) {
      (result.ending() == Ending.SUCCEEDED ? out : err).println(OneLine.of(sentence));
    }
    if (result.results() != null && result.ending() != Ending.REJECTED) {
      Path results = result.results().toAbsolutePath().normalize();
      out.println(phrases.say("result.report", results.resolve("report.html")));
      out.println(phrases.say("result.table", results.resolve("results.csv")));
      if (Files.exists(results.resolve("results.xlsx"))) {
        out.println(phrases.say("result.workbook", results.resolve("results.xlsx")));
      }
    }
    out.flush();
    err.flush();
  }

  private void rejected(RunResult result) {
    rejections.printSome(result.errors(), err);
    Path all = result.results() == null ? null : result.results().resolve("errors.csv");
    err.println(phrases.say("result.rejected", result.errors().size(), all == null ? "" : all));
  }

  private String polls(Promptness.Summary polls) {
    return phrases.say(
        "result.polls",
        Phrases.tenths(polls.polls()),
        phrases.shortTime(polls.half()),
        phrases.shortTime(polls.most()));
  }

  private String videos(FetchedVideos videos) {
    String fetched =
        phrases.say(
            "result.videos", videos.fetched(), Phrases.tenths((double) videos.bytes() / 1e6));
    return videos.givenUp() == 0
        ? fetched
        : phrases.join(List.of(fetched, phrases.say("result.videos.not", videos.givenUp())));
  }

  private String money(Spent spent) {
    boolean settled = spent.open().amount().signum() == 0;
    return settled
        ? phrases.say("result.money", spent.charged())
        : phrases.say("result.money.open", spent.charged(), spent.open());
  }

  private List<String> sentences(RunResult result) {
    List<String> sentences = new ArrayList<>();
    if (result.error() != null) {
      sentences.add(phrases.say(result.error()));
    }
    if (result.nothingToDo()) {
      sentences.add(phrases.say("result.nothing", batch));
    }
    RunControl.Halted halted = result.halted();
    if (halted != null) {
      sentences.add(
          phrases.say(
              "result.halted", phrases.cause(halted.cause()), phrases.reason(halted.reason())));
    }
    result
        .paused()
        .forEach(
            (kind, reason) ->
                sentences.add(
                    phrases.say("result.paused", kind, reason.message(phrases.language()))));
    if (halted == null && result.paused().isEmpty() && result.stopped() != null) {
      sentences.add(phrases.say("result.stopped", phrases.cause(result.stopped())));
    }
    if (result.videos() != null && result.videos().trouble() != null) {
      sentences.add(phrases.say("result.videos.trouble", result.videos().trouble()));
    }
    if (result.doubts() > 0) {
      sentences.add(phrases.say("result.doubts", result.doubts(), batch));
      waiting(result).ifPresent(sentences::add);
    }
    return sentences;
  }

  /** What a finished run leaves unsent waits for nothing else. */
  private Optional<String> waiting(RunResult result) {
    Counts lines = result.lines();
    long waiting =
        result.ending() == Ending.IN_DOUBT && lines != null ? lines.of(RowState.PLANNED) : 0;
    return waiting == 0 ? Optional.empty() : Optional.of(phrases.say("result.waiting", waiting));
  }
}
