package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

class ReportTaskletTest {

  @Test
  void theStepWritesTheReportOnceAndCountsItsLines() {
    Path file = Path.of("results.csv");
    StepExecution step =
        new StepExecution(
            1, "report", new JobExecution(1, new JobInstance(1, "videos"), new JobParameters()));
    StepContribution contribution = new StepContribution(step);

    RepeatStatus status =
        new ReportTasklet(() -> new ReportFiles(file, file, file, file, 12, 3))
            .execute(contribution, new ChunkContext(new StepContext(step)));

    assertThat(status).isEqualTo(RepeatStatus.FINISHED);
    assertThat(contribution.getWriteCount()).isEqualTo(12);
  }
}
