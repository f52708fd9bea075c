package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

class SparingRepositoryTest {

  private final List<String> noted = new ArrayList<>();
  private final JobExecution job =
      new JobExecution(1, new JobInstance(1, "job"), new JobParameters());
  private final StepExecution step = new StepExecution(1, "submit", job);
  private long now;
  private final JobRepository repository = SparingRepository.around(writesDown(), () -> now);

  private JobRepository writesDown() {
    return (JobRepository)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {JobRepository.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("findRunningJobExecutions")) {
                throw new IllegalStateException("no such table");
              }
              noted.add(method.getName() + " of " + arguments[0].getClass().getSimpleName());
              return null;
            });
  }

  private void chunk() {
    repository.updateExecutionContext(step);
    repository.update(step);
  }

  private void begins() {
    step.setStatus(BatchStatus.STARTED);
    repository.update(step);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void theBeginOfAStepIsNoted() {
    begins();

    assertThat(noted).containsExactly("update of StepExecution");
  }

  @Test
  void chunksAreNotedOnceASecondWithTheirContext() {
    begins();
    noted.clear();

    chunk();
    pass(Duration.ofMillis(999));
    chunk();
    chunk();
    assertThat(noted)
        .containsExactly("updateExecutionContext of StepExecution", "update of StepExecution");

    pass(Duration.ofMillis(1));
    chunk();
    assertThat(noted).hasSize(4);
  }

  @Test
  void theEndOfAStepIsNotedAtOnce() {
    begins();
    chunk();
    noted.clear();

    step.setStatus(BatchStatus.STOPPED);
    repository.update(step);
    repository.updateExecutionContext(step);

    assertThat(noted).hasSize(2);
  }

  @Test
  void whatIsNotAStepsProgressPasses() {
    begins();
    chunk();
    noted.clear();

    repository.update(job);

    assertThat(noted).containsExactly("update of JobExecution");
  }

  @Test
  void aFailureIsThrownAsItIs() {
    assertThatThrownBy(() -> repository.findRunningJobExecutions("job"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no such table");
  }
}
