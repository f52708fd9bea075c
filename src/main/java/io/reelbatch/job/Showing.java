package io.reelbatch.job;

import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.StopCause;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers how far a run is and shows it. Never fails: a run does not hang on who looks on. */
final class Showing {

  private static final Logger log = LoggerFactory.getLogger(Showing.class);

  private final RunView view;
  private final OrderPageReader reader;
  private final Ledger ledger;
  private final Outlook outlook;
  private final CostAhead cost;
  private final Fetching fetching;
  private final RunControl control;
  private final Brakes brakes;
  private final InstantSource clock;

  Showing(
      RunView view,
      OrderPageReader reader,
      Ledger ledger,
      Outlook outlook,
      CostAhead cost,
      Fetching fetching,
      RunControl control,
      Brakes brakes,
      InstantSource clock) {
    this.view = view;
    this.reader = reader;
    this.ledger = ledger;
    this.outlook = outlook;
    this.cost = cost;
    this.fetching = fetching;
    this.control = control;
    this.brakes = brakes;
    this.clock = clock;
  }

  /** Shows it now. */
  void show() {
    try {
      if (ledger.commits() == 0) {
        // The ledger is told once all of the file is let in.
        view.reads(reader.lastLine(), clock.instant(), outlook.since());
      } else {
        view.goesOn(progress());
      }
    } catch (RuntimeException e) {
      log.debug("how far the run is could not be shown", e);
    }
  }

  private Progress progress() {
    Counts counts = ledger.counts();
    return new Progress(
        clock.instant(),
        outlook.since(),
        counts,
        outlook.rowsPerMinute(counts),
        outlook.timeLeft(counts),
        cost.look().orElse((Progress.Cost) null),
        fetching.progress().orElse((Progress.Videos) null),
        ledger.failures(),
        control.stopped().orElse((StopCause) null),
        control.halted().map(RunControl.Halted::cause).orElse(null),
        Set.copyOf(brakes.paused().keySet()));
  }
}
