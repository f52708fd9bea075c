package io.reelbatch.submit;

import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.PlannedRow;
import io.reelbatch.model.Kind;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Hands out windows of rows as permits come free. Returns null only when nothing is left that could
 * be sent in this run <em>and</em> every answer is stored: Spring Batch never asks again after a
 * null. Whether the round is finished by that is asked later, by the report step: a step that ends
 * STOPPED would end the other side as well, in the middle of its work. A failure of a request under
 * way is thrown here, on the step's own thread, because Spring Batch only logs what {@code close}
 * and {@code afterStep} throw.
 */
public final class SubmitReader implements ItemReader<SubmitWindow>, StepExecutionListener {

  private static final Duration UNTIL_A_BEAT = Duration.ofDays(1);

  private final Ledger ledger;
  private final SubmitPace pace;
  private final RunControl control;
  private final Pulse pulse;

  /** Reads from the ledger, within the pace. */
  public SubmitReader(Ledger ledger, SubmitPace pace, RunControl control, Pulse pulse) {
    this.ledger = ledger;
    this.pace = pace;
    this.control = control;
    this.pulse = pulse;
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    control.progressed(); // neither the start of the program nor the load counts as waiting
  }

  @Override
  public ExitStatus afterStep(StepExecution stepExecution) {
    control.ended(Side.SUBMIT);
    return stepExecution.getExitStatus();
  }

  @Override
  public @Nullable SubmitWindow read() throws InterruptedException {
    while (true) {
      long seen = pulse.beats();
      boolean idle = pace.inFlight().running() == 0;
      if (pace.inFlight().failure().isPresent()) {
        if (idle) {
          throw pace.inFlight().failure().get();
        }
      } else if (control.stopped().isPresent() || control.halted().isPresent()) {
        if (idle) {
          return null;
        }
      } else {
        List<PlannedRow> rows = rowsOrNone();
        if (!rows.isEmpty()) {
          return new SubmitWindow(rows);
        }
        if (idle && pace.inFlight().failure().isEmpty() && nothingCanBecomeReady()) {
          return null;
        }
      }
      pulse.await(seen, untilNextLook());
    }
  }

  // A ledger that cannot be read must not end the step under requests that are on their way: it is
  // thrown once their answers are stored.
  private List<PlannedRow> rowsOrNone() {
    try {
      return rowsThatMayGo();
    } catch (RuntimeException e) {
      pace.inFlight().fail(e);
      return List.of();
    }
  }

  private List<PlannedRow> rowsThatMayGo() {
    Counts counts = ledger.counts();
    long active = counts.of(RowState.SENDING, RowState.ACCEPTED);
    long room = Math.min(pace.inFlight().free(), pace.maxActive() - active);
    if (room <= 0 || counts.of(RowState.PLANNED) == 0) {
      return List.of();
    }
    Map<Kind, Long> rooms = rooms();
    int permits = rooms.isEmpty() ? 0 : pace.throttle().take((int) room);
    if (permits == 0) {
      return List.of();
    }
    List<PlannedRow> rows = ledger.planned(rooms, permits);
    pace.throttle().giveBack(permits - rows.size());
    rows.forEach(row -> pace.brakes().sending(Kind.of(row.order())));
    return rows;
  }

  private Map<Kind, Long> rooms() {
    Map<Kind, Long> rooms = new HashMap<>();
    for (Kind kind : ledger.kinds()) {
      long room = pace.brakes().room(kind);
      if (room > 0) {
        rooms.put(kind, room);
      }
    }
    return rooms;
  }

  // With a permit at hand it is room or a source that is missing, and a beat tells of both: looking
  // at every free permit would ask the ledger a thousand times a second for hours.
  private Duration untilNextLook() {
    Duration permit = pace.throttle().untilNext();
    return permit.isZero() ? UNTIL_A_BEAT : permit;
  }

  /** Whether no planned row is left, or all of them wait for what will not happen any more. */
  private boolean nothingCanBecomeReady() {
    Counts counts = ledger.counts();
    if (counts.of(RowState.PLANNED) == 0) {
      return true;
    }
    long active = counts.of(RowState.SENDING, RowState.ACCEPTED);
    if (active > 0 && !control.isOver(Side.POLL)) {
      return false; // a source may end, or a task make room
    }
    return active >= pace.maxActive() || ledger.planned(kindsThatMayGoYet(), 1).isEmpty();
  }

  private Map<Kind, Long> kindsThatMayGoYet() {
    Map<Kind, Long> kinds = rooms();
    ledger.kinds().stream().filter(pace.brakes()::isWaiting).forEach(kind -> kinds.put(kind, 1L));
    return kinds;
  }
}
