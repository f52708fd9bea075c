package io.reelbatch.cli;

import io.reelbatch.job.Progress;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Failure;
import io.reelbatch.model.Kind;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far a run is, in words: all on one line for a log, or below each other for a display. */
final class ProgressLines {

  private static final int MOST_BAR = 50;
  private static final int SHOWN_FAILURES = 3;
  private static final int AROUND_BAR = 3;

  private final Phrases phrases;

  ProgressLines(Phrases phrases) {
    this.phrases = phrases;
  }

  /** For a log: always in this order, and nothing of what is not known. */
  String line(Progress progress) {
    return Stream.of(
            Stream.of(rows(progress.counts())),
            pace(progress).stream(),
            left(progress).stream(),
            Stream.ofNullable(progress.cost()).map(this::cost),
            Stream.ofNullable(progress.videos()).map(this::videos),
            stops(progress))
        .flatMap(parts -> parts)
        .collect(Collectors.joining(phrases.say("then")));
  }

  /** For a display: names what is not known. */
  List<String> display(Progress progress, int columns) {
    boolean goesOn = progress.open() > 0;
    List<String> lines = new ArrayList<>();
    lines.add(bar(progress, columns));
    lines.add(rows(progress.counts()));
    List<String> pace = new ArrayList<>();
    pace.add(pace(progress).orElseGet(() -> phrases.say("run.pace.none")));
    left(progress)
        .or(() -> goesOn ? Optional.of(phrases.say("run.left.none")) : Optional.empty())
        .ifPresent(pace::add);
    lines.add(phrases.join(pace));
    lines.add(
        Optional.ofNullable(progress.cost())
            .map(this::cost)
            .orElseGet(() -> phrases.say("run.cost.none")));
    Stream.ofNullable(progress.videos()).map(this::videos).forEach(lines::add);
    stops(progress).forEach(lines::add);
    if (!progress.failures().isEmpty()) {
      lines.add(phrases.say("run.failures"));
      progress.failures().stream().limit(SHOWN_FAILURES).map(this::failure).forEach(lines::add);
    }
    stopping(progress).ifPresent(lines::add);
    return lines;
  }

  /** What a run waits for that is to stop; empty if it is not. */
  Optional<String> stopping(Progress progress) {
    return Optional.ofNullable(progress.stop())
        .map(
            cause ->
                phrases.say(
                    "run.stopping",
                    phrases.cause(cause),
                    phrases.say("run.stopping.answers", progress.counts().of(RowState.SENDING))));
  }

  private String bar(Progress progress, int columns) {
    long all = progress.counts().all();
    double share = all == 0 ? 0 : (double) (all - progress.open()) / (double) all;
    String said =
        phrases.say("run.done", (long) (share * 100), all, phrases.time(progress.since()));
    int room = Math.min(MOST_BAR, columns - 1 - AROUND_BAR - ShownText.width(said));
    if (room < 5) {
      return said;
    }
    int full = (int) (share * room);
    return "[" + "#".repeat(full) + "-".repeat(room - full) + "] " + said;
  }

  private String rows(Counts counts) {
    return phrases.say(
        "run.rows",
        counts.of(RowState.PLANNED),
        counts.of(RowState.SENDING, RowState.ACCEPTED),
        counts.of(RowState.SUCCEEDED),
        counts.of(RowState.FAILED, RowState.REFUSED, RowState.LOST, RowState.SKIPPED),
        counts.of(RowState.IN_DOUBT));
  }

  private Optional<String> pace(Progress progress) {
    return Optional.ofNullable(progress.rowsPerMinute())
        .map(rows -> phrases.say("run.pace", Phrases.tenths(rows)));
  }

  private Optional<String> left(Progress progress) {
    return Optional.ofNullable(progress.left())
        .map(left -> phrases.say("run.left", phrases.time(left)));
  }

  private String cost(Progress.Cost cost) {
    List<String> parts = new ArrayList<>();
    parts.add(
        phrases.say(
            "run.cost", cost.committed().isEmpty() ? "0" : Phrases.money(cost.committed())));
    if (!cost.inAll().isEmpty()) {
      parts.add(phrases.say("run.cost.inAll", Phrases.money(cost.inAll())));
    }
    if (cost.unpriced() > 0) {
      parts.add(phrases.say("run.cost.unpriced", cost.unpriced()));
    }
    return phrases.join(parts);
  }

  private String videos(Progress.Videos videos) {
    return phrases.say("run.videos", videos.fetched(), videos.left());
  }

  /** Why nothing more is sent, or not of all kinds. */
  private Stream<String> stops(Progress progress) {
    Stream<String> halted =
        Stream.ofNullable(progress.halt())
            .map(cause -> phrases.say("run.halted", phrases.cause(cause)));
    String kinds =
        progress.paused().stream().map(Kind::name).sorted().collect(Collectors.joining(", "));
    return Stream.concat(
        halted, kinds.isEmpty() ? Stream.empty() : Stream.of(phrases.say("run.paused", kinds)));
  }

  private String failure(Failure failure) {
    return OneLine.of(
        "  "
            + failure.row()
            + "  "
            + phrases.say("state." + failure.state())
            + "  "
            + phrases.reason(failure.reason()));
  }
}
