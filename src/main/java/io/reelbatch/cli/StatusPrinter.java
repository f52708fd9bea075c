package io.reelbatch.cli;

import io.reelbatch.job.Standing;
import io.reelbatch.job.Standings;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.RowState;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints where batches stand. */
final class StatusPrinter {

  private final PrintWriter out;
  private final String home;

  /**
   * Prints there.
   *
   * @param home where the state is, as it is typed
   */
  StatusPrinter(PrintWriter out, String home) {
    this.out = out;
    this.home = home;
  }

  /** A line for each batch. */
  void list(Standings all) {
    for (Standing batch : all.batches()) {
      List<String> parts = new ArrayList<>();
      parts.add(rows(batch.counts()));
      parts.addAll(batch.money().stream().map(StatusPrinter::money).toList());
      if (goesOn(batch)) {
        parts.add("a run goes on");
      }
      say(batch.batch() + "  " + String.join("; ", parts));
    }
    if (!all.complete()) {
      out.println("other batches of this home can be seen when the run has ended");
    } else if (all.batches().isEmpty()) {
      out.println("no batches here; 'run' names its home in its first line, give it with --home");
    }
  }

  /** All that is known of one batch, which was so long ago. */
  void show(Standing batch, Duration age) {
    Counts counts = batch.counts();
    say("batch " + batch.batch() + ", " + asOf(batch, age));
    say("  " + rows(counts));
    batch.money().forEach(cost -> say("  money: " + money(cost) + ", by the configured prices"));
    long doubts = counts.of(RowState.IN_DOUBT);
    if (doubts > 0) {
      say("  " + doubts(doubts, batch));
    }
    Standing.Waits waits = batch.waiting();
    if (waits != null && waits.rows() > 0) {
      say(
          "  chains: "
              + number(waits.rows(), " row waits", " rows wait")
              + " for the video of another; "
              + number(waits.longestChain(), " row is", " rows are")
              + " still to be made one after the other, at most");
    }
    Long left = batch.secondsLeft();
    if (left != null) {
      say(
          goesOn(batch)
              ? "  done in about " + time(left) + ", by what is known so far"
              : "  a run would take about " + time(left) + ", by what the newest videos took");
    }
    if (batch.run() != null) {
      run(batch.run());
    }
  }

  private static String asOf(Standing batch, Duration age) {
    Standing.Run run = batch.run();
    return run != null && goesOn(batch)
        ? "as its run (process "
            + run.pid()
            + ", since "
            + time(run.startedAt())
            + ") told at its last change, "
            + time(age.toSeconds())
            + " ago"
        : "no run goes on";
  }

  private String doubts(long doubts, Standing batch) {
    Standing.Waits waits = batch.waiting();
    return "in doubt: "
        + doubts
        + (waits == null || waits.forDoubts() == 0
            ? ""
            : ", and " + number(waits.forDoubts(), " row waits", " rows wait") + " for them")
        + "; next: doubt list --batch "
        + Shell.word(batch.batch())
        + home;
  }

  private void run(Standing.Run run) {
    if (run.ending() != null) {
      say(
          "  last run: began "
              + time(run.startedAt())
              + (run.endedAt() == null
                  ? ", was killed"
                  : ", ended "
                      + time(run.endedAt())
                      + ": "
                      + run.ending().replace('_', ' ')
                      + (run.exitCode() == null ? "" : " (exit code " + run.exitCode() + ")")));
    }
    if (run.stopped() != null) {
      say("  sending stopped: " + run.stopped().message());
    }
    run.paused().forEach((kind, why) -> say("  rows of '" + kind + "' are kept back: " + why));
  }

  private static boolean goesOn(Standing batch) {
    return batch.run() != null && batch.run().ending() == null;
  }

  private static String rows(Counts counts) {
    return number(counts.all(), " row: ", " rows: ")
        + new Phrases(io.reelbatch.model.Language.EN).states(counts);
  }

  private static String money(Standing.Cost cost) {
    BigDecimal amount = new BigDecimal(cost.amount());
    @Nullable BigDecimal open = cost.open() == null ? null : new BigDecimal(cost.open());
    if (open == null) {
      return cost.amount() + " " + cost.currency() + " spent, reserved or in doubt";
    }
    return amount.subtract(open).toPlainString()
        + " "
        + cost.currency()
        + " charged"
        + (open.signum() == 0
            ? ""
            : ", " + cost.open() + " " + cost.currency() + " reserved or in doubt");
  }

  private static String number(long n, String one, String many) {
    return n + (n == 1 ? one : many);
  }

  private static String time(long seconds) {
    return CheckPrinter.time(Duration.ofSeconds(seconds));
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void say(String line) {
    out.println(OneLine.of(line));
  }
}
