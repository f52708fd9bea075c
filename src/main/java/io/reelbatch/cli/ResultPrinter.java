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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The summary of a run: what happened, what it means for the money, what to do next. */
final class ResultPrinter {

  private final BatchName batch;
  private final ErrorPrinter rejections;
  private final PrintWriter out;
  private final PrintWriter err;

  ResultPrinter(BatchName batch, ErrorPrinter rejections, PrintWriter out, PrintWriter err) {
    this.batch = batch;
    this.rejections = rejections;
    this.out = out;
    this.err = err;
  }

  void print(RunResult result) {
    result.warnings().forEach(warning -> err.println("note: " + OneLine.of(warning)));
    if (result.ending() == Ending.REJECTED) {
      rejected(result);
    }
    if (result.lines() != null) {
      out.println(lines(result.lines()));
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
      out.println("report: " + results.resolve("report.html"));
      out.println("table: " + results.resolve("results.csv"));
      if (Files.exists(results.resolve("results.xlsx"))) {
        out.println("workbook: " + results.resolve("results.xlsx"));
      }
    }
    out.flush();
    err.flush();
  }

  private void rejected(RunResult result) {
    rejections.printSome(result.errors(), err);
    err.println(
        result.errors().size()
            + (result.errors().size() == 1 ? " error" : " errors")
            + " in the input; nothing was sent, nothing was charged. All of them: "
            + (result.results() == null ? "" : result.results().resolve("errors.csv")));
  }

  private static String lines(Counts counts) {
    return counts.all() + (counts.all() == 1 ? " line: " : " lines: ") + states(counts);
  }

  /** How many are in which state. */
  static String states(Counts counts) {
    List<String> parts = new ArrayList<>();
    for (RowState state : RowState.values()) {
      long n = counts.of(state);
      if (n > 0) {
        parts.add(n + " " + state.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    return String.join(", ", parts);
  }

  private static String polls(Promptness.Summary polls) {
    return String.format(
        Locale.ROOT,
        "polls: %.1f a video; results known within %s of their end (half of them), %s (95 of 100)",
        polls.polls(),
        time(polls.half()),
        time(polls.most()));
  }

  private static String videos(FetchedVideos videos) {
    return String.format(
        Locale.ROOT,
        "videos: %d fetched (%.1f MB)%s",
        videos.fetched(),
        videos.bytes() / 1e6,
        videos.givenUp() == 0
            ? ""
            : ", "
                + videos.givenUp()
                + " could not be fetched; error_message says why, the next run with --download tries"
                + " again");
  }

  private static String time(Duration time) {
    long millis = time.toMillis();
    return millis < 1000
        ? millis + " ms"
        : millis < 10_000
            ? String.format(Locale.ROOT, "%.1f s", (double) millis / 1000)
            : Math.round((double) millis / 1000) + " s";
  }

  private static String money(Spent spent) {
    boolean settled = spent.open().amount().signum() == 0;
    return "money: "
        + spent.charged()
        + " charged"
        + (settled ? "" : ", " + spent.open() + " reserved or in doubt")
        + ", by the prices that are configured";
  }

  private List<String> sentences(RunResult result) {
    List<String> sentences = new ArrayList<>();
    if (result.error() != null) {
      sentences.add(result.error());
    }
    if (result.nothingToDo()) {
      sentences.add(
          "nothing to do: every row was settled before, nothing was sent. What failed or was refused is"
              + " ordered once more by --retry-failed, single rows by 'again ROW', all of them under"
              + " another --batch NAME");
    }
    RunControl.Halted halted = result.halted();
    if (halted != null) {
      sentences.add(
          "sending stopped: "
              + halted.cause().text()
              + " ("
              + halted.reason()
              + "). Nothing was charged for that; mend it and run the same command again");
    }
    result
        .paused()
        .forEach(
            (kind, reason) ->
                sentences.add(
                    "rows of '"
                        + kind
                        + "' were kept back: "
                        + reason.message()
                        + ". What was sent is watched on. Mend it, then run the same command again: it"
                        + " sends one of them first, and the others when that goes well"));
    if (halted == null && result.paused().isEmpty() && result.stopped() != null) {
      sentences.add(
          "not finished: " + result.stopped().text() + ". Run the same command again to go on");
    }
    if (result.videos() != null && result.videos().trouble() != null) {
      sentences.add(
          "not all videos were fetched: "
              + result.videos().trouble()
              + ". Nothing that was paid for is lost; mend that soon, before the links die, and run the"
              + " same command again");
    }
    if (result.doubts() > 0) {
      sentences.add(
          result.doubts()
              + " in doubt: whether the gateway took them, and charged, is not known. They are never"
              + " sent again by themselves; next: doubt list --batch "
              + batch);
      waiting(result).ifPresent(sentences::add);
    }
    return sentences;
  }

  /** What a finished run leaves unsent waits for nothing else. */
  private static Optional<String> waiting(RunResult result) {
    Counts lines = result.lines();
    long waiting =
        result.ending() == Ending.IN_DOUBT && lines != null ? lines.of(RowState.PLANNED) : 0;
    return waiting == 0
        ? Optional.empty()
        : Optional.of(
            waiting
                + (waiting == 1 ? " row waits" : " rows wait")
                + " for the videos of rows in doubt: sent once these are adopted or resubmitted and"
                + " succeed, skipped if they are written off");
  }
}
