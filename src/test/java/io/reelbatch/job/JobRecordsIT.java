package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spring Batch writes its own records in several transactions, and a run may die between any two.
 * Whatever they say, the same command goes on, since the ledger alone knows what is paid for.
 */
class JobRecordsIT {

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void aBatchWithAPaidRow() {
    world = new BatchWorld(folder);
    world.csv("prompt", "one").sendOnly(1);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void anInstanceWithoutAnExecutionIsGoneOnWith() {
    Stream.of(
            "batch_step_execution_context",
            "batch_step_execution",
            "batch_job_execution_context",
            "batch_job_execution_params",
            "batch_job_execution")
        .forEach(table -> world.update("delete from " + table));

    thePaidRowIsWatchedToItsEnd();
  }

  @Test
  void anExecutionWithoutStepsIsGoneOnWith() {
    world.update("delete from batch_step_execution_context");
    world.update("delete from batch_step_execution");
    asIfItHadDied();

    thePaidRowIsWatchedToItsEnd();
  }

  @Test
  void aStepOfWhichBatchDoesNotKnowHowItEndedIsGoneOnWith() {
    world.update("update batch_step_execution set status = 'UNKNOWN' where step_name = 'submit'");
    asIfItHadDied();

    thePaidRowIsWatchedToItsEnd();
  }

  @Test
  void anExecutionOfWhichBatchDoesNotKnowHowItEndedIsGoneOnWith() {
    world.update("update batch_job_execution set status = 'UNKNOWN'");

    thePaidRowIsWatchedToItsEnd();
  }

  private void asIfItHadDied() {
    world.update("update batch_job_execution set status = 'STARTED', end_time = null");
  }

  private void thePaidRowIsWatchedToItsEnd() {
    RunResult result = world.run();

    assertThat(result.error()).isNull();
    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED");
    assertThat(world.sentPrompts()).containsExactly("one");
  }
}
