package io.reelbatch.cli;

import io.reelbatch.job.Standing;
import io.reelbatch.job.Standings;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.OneLine;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Prints where batches stand. */
final class StatusPrinter {

  private final PrintWriter out;
  private final String home;
  private final Phrases phrases;

  /**
   * Prints there.
   *
   * @param home where the state is, as it is typed
   */
  StatusPrinter(PrintWriter out, String home, Phrases phrases) {
    this.out = out;
    this.home = home;
    this.phrases = phrases;
  }

  /** A line for each batch. */
  void list(Standings all) {
    for (Standing batch : all.batches()) {
      List<String> parts = new ArrayList<>();
      parts.add(rows(batch.counts()));
      parts.addAll(batch.money().stream().map(this::money).toList());
      if (goesOn(batch)) {
        parts.add(phrases.say("status.going"));
      }
      say(batch.batch() + "  " + String.join(phrases.say("then"), parts));
    }
    if (!all.complete()) {
      out.println(phrases.say("status.others"));
    } else if (all.batches().isEmpty()) {
      out.println(phrases.say("status.none"));
    }
  }

  /** All that is known of one batch, which was so long ago. */
  void show(Standing batch, Duration age) {
    Counts counts = batch.counts();
    say(phrases.say("status.batch", batch.batch(), asOf(batch, age)));
    say("  " + rows(counts));
    batch.money().forEach(cost -> say("  " + phrases.say("status.money", money(cost))));
    long doubts = counts.of(RowState.IN_DOUBT);
    if (doubts > 0) {
      say("  " + doubts(doubts, batch));
    }
    Standing.Waits waits = batch.waiting();
    if (waits != null && waits.rows() > 0) {
      say("  " + phrases.say("status.chains", waits.rows(), waits.longestChain()));
    }
    Long left = batch.secondsLeft();
    if (left != null) {
      say("  " + phrases.say(goesOn(batch) ? "status.left" : "status.takes", time(left)));
    }
    if (batch.run() != null) {
      run(batch.run());
    }
  }

  private String asOf(Standing batch, Duration age) {
    Standing.Run run = batch.run();
    return run != null && goesOn(batch)
        ? phrases.say(
            "status.told", String.valueOf(run.pid()), time(run.startedAt()), time(age.toSeconds()))
        : phrases.say("status.stands");
  }

  private String doubts(long doubts, Standing batch) {
    Standing.Waits waits = batch.waiting();
    return phrases.say(
        "status.doubts",
        doubts,
        waits == null ? 0 : waits.forDoubts(),
        Shell.word(batch.batch()) + home);
  }

  private void run(Standing.Run run) {
    if (run.ending() != null) {
      String began = time(run.startedAt());
      if (run.endedAt() == null) {
        say("  " + phrases.say("status.killed", began));
      } else {
        String ending = phrases.ending(run.ending());
        say(
            "  "
                + phrases.say("status.ended", began, time(run.endedAt()), ending)
                + (run.exitCode() == null ? "" : phrases.say("status.code", run.exitCode())));
      }
    }
    if (run.stopped() != null) {
      say("  " + phrases.say("status.stopped", words(run.stopped())));
    }
    run.paused().forEach((kind, why) -> say("  " + phrases.say("status.paused", kind, words(why))));
  }

  private String words(Standing.Stop why) {
    return new Reason(why.cause(), why.message(), why.messageZh()).message(phrases.language());
  }

  private static boolean goesOn(Standing batch) {
    return batch.run() != null && batch.run().ending() == null;
  }

  private String rows(Counts counts) {
    return phrases.say("status.rows", counts.all(), phrases.states(counts));
  }

  private String money(Standing.Cost cost) {
    String all = cost.amount() + " " + cost.currency();
    if (cost.open() == null) {
      return phrases.say("run.cost", all);
    }
    BigDecimal open = new BigDecimal(cost.open());
    String charged =
        new BigDecimal(cost.amount()).subtract(open).toPlainString() + " " + cost.currency();
    return open.signum() == 0
        ? phrases.say("status.charged", charged)
        : phrases.say("status.charged.open", charged, cost.open() + " " + cost.currency());
  }

  private String time(long seconds) {
    return phrases.time(Duration.ofSeconds(seconds));
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void say(String line) {
    out.println(OneLine.of(line));
  }
}
