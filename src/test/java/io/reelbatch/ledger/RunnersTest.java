package io.reelbatch.ledger;

import static io.reelbatch.ledger.LedgerWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who took a batch last sends for it, and nobody else. */
class RunnersTest {

  LedgerWorld world;

  @BeforeEach
  void aBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").create("b", "two"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRunnerWhoseBatchWasTakenOverSendsNothingMore() {
    List<PlannedRow> rows = world.ledger.planned(1);
    world.batches.take(world.batch, "another machine");

    assertThatThrownBy(() -> world.ledger.intend(rows))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("was taken over");

    assertThat(world.states()).containsEntry("a", RowState.PLANNED);
    assertThat(world.one("select count(*) from attempt")).isEqualTo("0");
  }

  @Test
  void whatItHasPaidForIsStillRecorded() {
    Attempt attempt = world.send("a");
    world.batches.take(world.batch, "another machine");
    world.recover();

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void whoFindsABatchTakenIsToldByWhom() {
    world.batches.take(world.batch, "process 7 on a machine");

    assertThat(world.batches.runner(world.batch.name())).contains("process 7 on a machine");
  }
}
