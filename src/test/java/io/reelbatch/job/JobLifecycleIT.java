package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.TestLedger;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.test.JobOperatorTestUtils;
import org.springframework.batch.test.context.SpringBatchTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The job as Spring Batch sees it. */
@SpringBatchTest
@SpringJUnitConfig(
    classes = {JobConfiguration.class, JobLifecycleIT.Run.class},
    initializers = ConfigDataApplicationContextInitializer.class)
class JobLifecycleIT {

  @TempDir static Path folder;
  private static final Simulator GATEWAY =
      Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(20)));

  @Autowired private JobOperatorTestUtils job;
  @Autowired private OpenedBatch opened;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws IOException {
    Files.writeString(folder.resolve("shots.csv"), "prompt\na kite\na boat\n");
    registry.add("reelbatch.gateway.base-url", () -> GATEWAY.baseUrl().toString());
    registry.add("reelbatch.api-key", () -> "sk-simulator");
    BatchWorld.QUICK.forEach((name, value) -> registry.add(name, () -> value));
    TestLedger.settings(folder).forEach((name, value) -> registry.add(name, () -> value));
  }

  @TestConfiguration
  static class Run {

    @Bean
    RunRequest request() {
      return new RunRequest(
          folder.resolve("shots.csv"),
          new io.reelbatch.model.BatchName("shots"),
          folder.resolve("results"),
          null,
          InvalidLines.REJECT,
          new HomeUse(
              new Home(folder), Duration.ZERO, "a test", null, null, TestLedger.settings(folder)));
    }

    @Bean
    RunId run() {
      return RunId.fresh();
    }

    @Bean
    Home home() {
      return new Home(folder);
    }

    @Bean
    LedgerOpening ledgerOpening(Home home, Environment settings) {
      LedgerOpening opening = new LedgerOpening(home);
      opening.begin(settings);
      return opening;
    }

    @Bean
    Pulse pulse() {
      return new Pulse();
    }

    @Bean
    RunControl control(Pulse pulse) {
      return new RunControl(System::nanoTime, pulse, null, Duration.ofSeconds(20));
    }

    @Bean
    LedgerGuard.LastWords lastWords() {
      return () -> {};
    }

    @Bean
    RunView view() {
      return new SilentView();
    }
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @Test
  void loadThenSubmitBesidePollThenReport() throws Exception {
    JobExecution execution = job.startJob(opened.parameters());

    assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(execution.getStepExecutions())
        .extracting(StepExecution::getStepName)
        .startsWith("load")
        .endsWith("report")
        .contains("submit", "poll");
    assertThat(execution.getStepExecutions())
        .extracting(StepExecution::getStatus)
        .containsOnly(BatchStatus.COMPLETED);
    StepExecution submit = Steps.named(execution, "submit");
    StepExecution poll = Steps.named(execution, "poll");
    assertThat(submit.getStartTime()).isBefore(poll.getEndTime());
    assertThat(poll.getStartTime()).isBefore(submit.getEndTime());
    assertThat(submit.getExecutionContext().containsKey("row")).isFalse();
    assertThat(GATEWAY.tasks()).hasSize(2);
  }

  /** Apart from the test class, where Spring Batch would take it for a factory of executions. */
  private static final class Steps {
    static StepExecution named(JobExecution execution, String name) {
      return execution.getStepExecutions().stream()
          .filter(step -> step.getStepName().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
