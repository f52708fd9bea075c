package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.RunControl;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reports on a round that is finished; one that was cut short ends here, STOPPED, so that the same
 * command goes on with it. The sides cannot say so themselves: when one step of a split ends
 * STOPPED, Spring Batch ends the other at its next window, under requests that are on their way and
 * before tasks that are paid for.
 */
final class LastStep implements Tasklet {

  private final Ledger ledger;
  private final RunControl control;
  private final Brakes brakes;
  private final Fetching fetching;
  private final Tasklet report;

  LastStep(Ledger ledger, RunControl control, Brakes brakes, Fetching fetching, Tasklet report) {
    this.ledger = ledger;
    this.control = control;
    this.brakes = brakes;
    this.fetching = fetching;
    this.report = report;
  }

  @Override
  public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws Exception {
    if (isFinished()) {
      return report.execute(contribution, context);
    }
    control.haltForOthers();
    contribution.getStepExecution().setTerminateOnly();
    return RepeatStatus.FINISHED;
  }

  /** Rows that wait for one in doubt do not count: no run can move them. */
  private boolean isFinished() {
    Counts counts = ledger.counts();
    boolean cutShort =
        control.stopped().isPresent()
            || control.halted().isPresent()
            || !control.unsent().isEmpty()
            || !brakes.paused().isEmpty();
    return counts.of(RowState.SENDING, RowState.ACCEPTED) == 0
        && !(cutShort && counts.of(RowState.PLANNED) > 0)
        && !fetching.isCutShort();
  }
}
