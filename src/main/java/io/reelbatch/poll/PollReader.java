package io.reelbatch.poll;

import io.reelbatch.ledger.Ledger;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Hands out windows of tasks as they fall due. Returns null only when nothing is sent any more and
 * every paid task has its end, or the run is to stop; and every answer is stored. Whether the round
 * is finished by that is asked later, by the report step: a step that ends STOPPED would end the
 * other side as well, in the middle of its work.
 */
public final class PollReader implements ItemReader<PollWindow>, StepExecutionListener {

  private static final Duration UNTIL_A_BEAT = Duration.ofDays(1);

  private final Ledger ledger;
  private final Watch watch;
  private final PollPace pace;
  private final RunControl control;
  private final Pulse pulse;

  /** Reads from the watch, within the pace. */
  public PollReader(Ledger ledger, Watch watch, PollPace pace, RunControl control, Pulse pulse) {
    this.ledger = ledger;
    this.watch = watch;
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
    control.ended(Side.POLL);
    return stepExecution.getExitStatus();
  }

  @Override
  public @Nullable PollWindow read() throws InterruptedException {
    while (true) {
      long seen = pulse.beats();
      boolean idle = pace.inFlight().running() == 0;
      boolean sendingIsOver = control.isOver(Side.SUBMIT);
      if (pace.inFlight().failure().isPresent()) {
        if (idle) {
          throw pace.inFlight().failure().get();
        }
      } else if (control.stopped().isPresent() || askingIsPointless()) {
        if (idle) {
          return null;
        }
      } else {
        List<WatchedTask> tasks = tasksOrNone();
        if (!tasks.isEmpty()) {
          return new PollWindow(tasks);
        }
        if (idle
            && pace.inFlight().failure().isEmpty()
            && sendingIsOver
            && ledger.counts().of(RowState.ACCEPTED) == 0) {
          return null;
        }
      }
      pulse.await(seen, untilNextLook());
    }
  }

  // A ledger that cannot be read must not end the step under questions that are on their way: it is
  // thrown once their answers are stored.
  private List<WatchedTask> tasksOrNone() {
    try {
      watch.lookForNew();
      return tasksThatAreDue();
    } catch (RuntimeException e) {
      pace.inFlight().fail(e);
      return List.of();
    }
  }

  private boolean askingIsPointless() {
    return control.halted().filter(halted -> !halted.cause().pollingGoesOn()).isPresent();
  }

  private List<WatchedTask> tasksThatAreDue() {
    int free = pace.inFlight().free();
    if (free <= 0 || !watch.untilFirst().isZero()) {
      return List.of();
    }
    int permits = pace.throttle().take(free);
    List<WatchedTask> tasks = watch.due(permits);
    pace.throttle().giveBack(permits - tasks.size());
    return tasks;
  }

  // With a task due and a permit at hand it is a free place that is missing, and a beat tells of
  // it: not waiting for that would ask the ledger for new tasks a thousand times a second.
  private Duration untilNextLook() {
    Duration task = watch.untilFirst();
    Duration permit = pace.throttle().untilNext();
    Duration longer = task.compareTo(permit) > 0 ? task : permit;
    return longer.isZero() ? UNTIL_A_BEAT : longer;
  }
}
