package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.Forgotten;
import io.reelbatch.ledger.OnFileOnly;
import io.reelbatch.model.BatchName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's own log says that nothing is paid twice, whatever was forgotten. */
class PruneIT {

  private static final String[] FILE = {
    "id,operation,prompt,source",
    "kite,create,a red kite,",
    ",create,without an id,",
    ",create,without an id,",
    "bad,create,[sim:refuse] no,",
    "broken,create,[sim:fail] no,",
    "more,remix,at night,kite"
  };

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  /** As if all that happened so far had been a year ago. */
  private void aYearPasses() {
    world.moveTimes(
        "- interval '365' day",
        "batch.created_at",
        "input.staged_at",
        "attempt.intended_at",
        "attempt.answered_at",
        "task.accepted_at",
        "task.finished_at",
        "batch_job_execution.start_time",
        "batch_job_execution.end_time",
        "batch_job_execution.last_updated");
  }

  private PruneDesk desk() {
    return new PruneDesk(world.use(), Duration.ofDays(90), null);
  }

  @Test
  void theSameFileSendsNothingAfterItsBatchWasPruned() {
    world.csv(FILE);
    RunResult first = world.run();
    List<String> sent = world.sentPrompts();
    List<String> states = world.reported("state");
    List<String> tasks = world.reported("task_id");
    aYearPasses();

    Pruning pruning = desk().prune();

    assertThat(pruning.batches()).singleElement().extracting(Forgotten::orders).isEqualTo(6L);
    assertThat(pruning.trouble()).isNull();
    RunResult again = world.run();
    assertThat(world.sentPrompts()).isEqualTo(sent);
    assertThat(again.ending()).isEqualTo(first.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state")).isEqualTo(states);
    assertThat(world.reported("task_id")).isEqualTo(tasks);

    world.csv(
        FILE[0], FILE[6], "new,create,something new,", FILE[3], FILE[5], FILE[2], FILE[4], FILE[1]);
    world.run();
    assertThat(world.sentPrompts()).hasSize(sent.size() + 1).contains("something new");
  }

  @Test
  void whatFailedIsOrderedOnceMoreFromItsFile() {
    world.csv(FILE);
    world.run();
    int sent = world.sentPrompts().size();
    aYearPasses();
    desk().prune();

    world.retryFailed();

    assertThat(world.sentPrompts().subList(sent, world.sentPrompts().size()))
        .containsExactlyInAnyOrder("[sim:refuse] no", "[sim:fail] no");
  }

  @Test
  @OnFileOnly
  void theLedgersFileShrinks() throws Exception {
    String[] lines =
        IntStream.range(0, 300)
            .mapToObj(i -> i == 0 ? "prompt" : "prompt " + i + " " + "x".repeat(3000))
            .toArray(String[]::new);
    world.csv(lines).with("reelbatch.submit.max-active", "200").run();
    Path file = folder.resolve("home").resolve("ledger.mv.db");
    aYearPasses();

    Pruning pruning = desk().prune();

    assertThat(pruning.bytesAfter())
        .isEqualTo(Files.size(file))
        .isLessThan(pruning.bytesBefore() / 2);
    world.run();
    assertThat(world.sentPrompts()).hasSize(299);
  }

  @Test
  void lookingChangesNothing() {
    world.csv(FILE);
    world.run();
    aYearPasses();

    assertThat(desk().look().batches()).singleElement().extracting(Forgotten::lines).isEqualTo(6L);
    assertThat(desk().look())
        .usingRecursiveComparison()
        .ignoringFields("bytesBefore", "bytesAfter")
        .isEqualTo(desk().look());
    assertThat(desk().prune().batches()).singleElement().extracting(Forgotten::lines).isEqualTo(6L);
  }

  @Test
  void lessThanADayIsRefused() {
    assertThatThrownBy(() -> new PruneDesk(world.use(), Duration.ofHours(23), null).prune())
        .hasMessageContaining("--older-than is at least 1d");
  }

  @Test
  void aBatchThatIsNotThereIsNamed() {
    world.csv(FILE);
    world.run();

    assertThatThrownBy(
            () -> new PruneDesk(world.use(), Duration.ofDays(90), new BatchName("other")).prune())
        .hasMessageContaining("there is no batch other");
  }

  @Test
  void aHomeWithoutALedgerHasNothingToForget() {
    assertThat(desk().prune().batches()).isEmpty();
  }
}
