package io.reelbatch.job;

import io.reelbatch.csv.ColumnKeys;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.InputLines;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.report.Briefing;
import io.reelbatch.report.Commands;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the report's page tells beyond the lines, as it stands when it is written. */
final class Briefings {

  private final RunRequest request;
  private final OpenedBatch opened;
  private final Batches batches;
  private final Terms terms;
  private final RunControl control;
  private final Brakes brakes;
  private final InstantSource clock;

  Briefings(
      RunRequest request,
      OpenedBatch opened,
      Batches batches,
      Terms terms,
      RunControl control,
      Brakes brakes,
      InstantSource clock) {
    this.request = request;
    this.opened = opened;
    this.batches = batches;
    this.terms = terms;
    this.control = control;
    this.brakes = brakes;
    this.clock = clock;
  }

  /**
   * A page's briefing about this input.
   *
   * @param error what went wrong unexpectedly
   */
  Briefing about(InputLines lines, @Nullable Message error) {
    return new Briefing(
        opened.batch().name(),
        opened.batch().origin(),
        request.typed().language(),
        ZoneId.systemDefault(),
        clock.instant(),
        ColumnKeys.of(lines.columns()),
        batches.spent(opened.batch()),
        terms.caps(),
        batches.counts(opened.batch()).of(RowState.IN_DOUBT),
        new Briefing.Troubles(
            control.halted().map(RunControl.Halted::cause).orElse(null),
            control.halted().map(RunControl.Halted::reason).orElse(null),
            brakes.paused(),
            control.stopped().map(Enum::name).orElse(null),
            error),
        commands(request));
  }

  /** What may be typed after a run that was asked for like this. */
  static Commands commands(RunRequest request) {
    List<String> home = new ArrayList<>();
    if (request.use().companion() != null) {
      home.add("--simulate");
    }
    home.add("--home");
    home.add(request.home().path().toAbsolutePath().normalize().toString());
    return new Commands(request.typed().folder(), request.typed().arguments(), home);
  }
}
