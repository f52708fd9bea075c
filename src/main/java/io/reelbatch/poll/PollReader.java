package io.reelbatch.poll;

import io.reelbatch.ledger.Ledger;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Side;
import io.reelbatch.pacing.WindowLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  private final Ledger ledger;
  private final Watch watch;
  private final PollPace pace;
  private final RunControl control;
  private final WindowLoop<PollWindow> loop;

  /** Reads from the watch, within the pace. */
  public PollReader(Ledger ledger, Watch watch, PollPace pace, RunControl control, Pulse pulse) {
    this.ledger = ledger;
    this.watch = watch;
    this.pace = pace;
    this.control = control;
    this.loop = new WindowLoop<>(new Asking(), pace.inFlight(), pulse);
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
    return loop.next();
  }

  private final class Asking implements WindowLoop.Work<PollWindow> {

    @Override
    public boolean isToStop() {
      return control.stopped().isPresent() || isPointless();
    }

    private boolean isPointless() {
      return control.halted().filter(halted -> !halted.cause().pollingGoesOn()).isPresent();
    }

    @Override
    public Optional<PollWindow> window() {
      watch.lookForNew();
      List<WatchedTask> tasks = tasksThatAreDue();
      return tasks.isEmpty() ? Optional.empty() : Optional.of(new PollWindow(tasks));
    }

    // In this order: what is accepted before the sending ends is counted after it.
    @Override
    public boolean isDone() {
      return control.isOver(Side.SUBMIT)
          && ledger.counts().of(RowState.ACCEPTED) == ledger.accepted(control.unasked());
    }

    // With a task due and a permit at hand it is a free place that is missing.
    @Override
    public Duration untilNextLook() {
      Duration task = watch.untilFirst();
      Duration permit = pace.throttle().untilNext();
      return task.compareTo(permit) > 0 ? task : permit;
    }
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
}
