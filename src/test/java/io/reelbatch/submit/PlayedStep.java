package io.reelbatch.submit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/** A step as Spring Batch runs it, on a thread of its own. */
public final class PlayedStep {

  private final StepExecution execution;
  private final CompletableFuture<Void> end;

  private PlayedStep(StepExecution execution, CompletableFuture<Void> end) {
    this.execution = execution;
    this.end = end;
  }

  /** Starts a step with chunks of one window. */
  public static <W, R extends ItemReader<W> & StepListener> PlayedStep start(
      World world, R reader, ItemWriter<W> writer) {
    var repository = new ResourcelessJobRepository();
    Step step =
        new StepBuilder("played", repository)
            .<W, W>chunk(1)
            .transactionManager(new ResourcelessTransactionManager())
            .reader(reader)
            .writer(writer)
            .listener((StepListener) reader)
            .build();
    var job = new JobExecution(1L, new JobInstance(1L, "played"), new JobParameters());
    var execution = new StepExecution(1L, "played", job);
    return new PlayedStep(
        execution,
        CompletableFuture.runAsync(
            () -> {
              try {
                step.execute(execution);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            },
            world.threads));
  }

  /** Waits for the end; COMPLETED or FAILED. */
  public BatchStatus status() {
    try {
      end.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the step never ended", e);
    }
    return execution.getStatus();
  }

  public boolean hasEnded() {
    return end.isDone();
  }

  /** What the step died of. */
  public Throwable failure() {
    status();
    return execution.getFailureExceptions().get(0);
  }
}
