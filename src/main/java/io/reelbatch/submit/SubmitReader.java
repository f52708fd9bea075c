package io.reelbatch.submit;

import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.PlannedRow;
import io.reelbatch.model.Kind;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import io.reelbatch.pacing.WindowLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Hands out windows of rows as permits come free. Returns null only when nothing is left that could
 * be sent in this run <em>and</em> every answer is stored: Spring Batch never asks again after a
 * null. Whether the round is finished by that is asked later, by the report step: a step that ends
 * STOPPED would end the other side as well, in the middle of its work.
 */
public final class SubmitReader implements ItemReader<SubmitWindow>, StepExecutionListener {

  private final Ledger ledger;
  private final SubmitPace pace;
  private final RunControl control;
  private final int attempts;
  private final Pulse pulse;
  private final Set<Long> handedOut = ConcurrentHashMap.newKeySet();
  private final WindowLoop<SubmitWindow> loop;

  /**
   * Reads from the ledger, within the pace.
   *
   * @param attempts paid requests for one row in one round; with more than one the step goes on
   *     while a task may still fail and its row be planned once more
   */
  public SubmitReader(
      Ledger ledger, SubmitPace pace, RunControl control, Pulse pulse, int attempts) {
    this.ledger = ledger;
    this.pace = pace;
    this.control = control;
    this.attempts = attempts;
    this.pulse = pulse;
    this.loop = new WindowLoop<>(new Sending(), pace.inFlight(), pulse);
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
    return loop.next();
  }

  private final class Sending implements WindowLoop.Work<SubmitWindow> {

    @Override
    public boolean isToStop() {
      return control.stopped().isPresent() || control.halted().isPresent();
    }

    @Override
    public Optional<SubmitWindow> window() {
      List<Departure> departures = departures();
      return departures.isEmpty() ? Optional.empty() : Optional.of(new SubmitWindow(departures));
    }

    @Override
    public boolean isDone() {
      return nothingCanBecomeReady();
    }

    @Override
    public Duration untilNextLook() {
      Duration permit = pace.rates().untilReady();
      Duration room = pace.active().untilRoom(active(ledger.counts()) + handedOut.size());
      Duration longer = permit.compareTo(room) > 0 ? permit : room;
      return longer.isZero() ? untilAKindIsReady() : longer;
    }
  }

  /** Tasks that nobody asks after hold no place: none of them would ever come free. */
  private long active(Counts counts) {
    return Math.max(
        0, counts.of(RowState.SENDING, RowState.ACCEPTED) - ledger.accepted(control.unasked()));
  }

  private List<Departure> departures() {
    Counts counts = ledger.counts();
    if (counts.of(RowState.PLANNED) == 0) {
      return List.of();
    }
    // Before the look into the ledger: what is committed during it was found there as planned.
    Set<Long> waiting = Set.copyOf(handedOut);
    long active = active(counts) + waiting.size();
    int room = Math.min(pace.inFlight().free() - waiting.size(), pace.active().room(active));
    int ready = pace.rates().ready(room);
    Map<Kind, Long> rooms = ready == 0 ? Map.of() : rooms(ready, waiting.size());
    if (rooms.isEmpty()) {
      return List.of();
    }
    List<Departure> departures = new ArrayList<>();
    for (PlannedRow row : ledger.planned(rooms, ready + waiting.size(), control.unsent())) {
      Kind kind = Kind.of(row.order());
      // Asked again for each: two kinds may share a rate of their own, and some were handed out.
      if (departures.size() < ready
          && !waiting.contains(row.id())
          && control.maySend(row.account())
          && pace.brakes().room(kind) > 0
          && pace.rates().ready(kind, 1) > 0) {
        departures.add(depart(row, kind, active + departures.size()));
      }
    }
    return departures;
  }

  private Departure depart(PlannedRow row, Kind kind, long others) {
    long moment = pace.rates().reserve(kind);
    pace.brakes().sending(kind);
    handedOut.add(row.id());
    return new Departure(
        row,
        kind,
        moment,
        pace.active().leave(others),
        () -> {
          handedOut.remove(row.id());
          pulse.beat();
        });
  }

  private Map<Kind, Long> rooms(int most, int waiting) {
    Map<Kind, Long> rooms = new HashMap<>();
    for (Kind kind : ledger.kinds()) {
      long room = Math.min(pace.brakes().room(kind), pace.rates().ready(kind, most));
      if (room > 0) {
        rooms.put(kind, room + waiting);
      }
    }
    return rooms;
  }

  private Duration untilAKindIsReady() {
    return ledger.kinds().stream()
        .map(pace.rates()::untilReady)
        .filter(wait -> !wait.isZero())
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Whether no planned row is left, or all of them wait for what will not happen any more. */
  private boolean nothingCanBecomeReady() {
    Counts counts = ledger.counts();
    boolean somethingMayEnd = active(counts) > 0 && !control.isOver(Side.POLL);
    if (counts.of(RowState.PLANNED) == 0) {
      return attempts == 1 || !somethingMayEnd;
    }
    if (somethingMayEnd) {
      return false; // a source may end, or a task make room
    }
    return pace.active().isFull(active(counts))
        || ledger.planned(kindsThatMayGoYet(), 1, control.unsent()).isEmpty();
  }

  private Map<Kind, Long> kindsThatMayGoYet() {
    Map<Kind, Long> kinds = new HashMap<>();
    for (Kind kind : ledger.kinds()) {
      if (pace.brakes().isWaiting(kind) || pace.brakes().room(kind) > 0) {
        kinds.put(kind, 1L);
      }
    }
    return kinds;
  }
}
