package io.reelbatch.report;

import java.util.function.Supplier;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** The step that writes the report of a finished batch; its write count is the report's lines. */
public final class ReportTasklet implements Tasklet {

  private final Supplier<ReportFiles> report;

  /**
   * A step around a report.
   *
   * @param report writes it; asked when the step runs, since only then is it known which input is
   *     active
   */
  public ReportTasklet(Supplier<ReportFiles> report) {
    this.report = report;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
    contribution.incrementWriteCount(report.get().lines());
    return RepeatStatus.FINISHED;
  }
}
