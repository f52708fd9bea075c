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

/** H2 closes its file when a thread is interrupted that reads or writes it. */
class InterruptionTest {

  LedgerWorld world;

  @BeforeEach
  void aBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").create("b", "two"));
  }

  @AfterEach
  void close() {
    Thread.interrupted();
    world.close();
  }

  @Test
  void anInterruptedCallersIntentIsWrittenAndTheLedgerGoesOn() {
    List<PlannedRow> rows = world.ledger.planned(1);
    Thread.currentThread().interrupt();

    world.ledger.intend(rows);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(world.state("a")).isEqualTo(RowState.SENDING);
    world.accept("b", "task_2");
  }

  @Test
  void anInterruptedCallersAnswerIsWrittenAndTheLedgerGoesOn() {
    Attempt attempt = world.send("a");
    Thread.currentThread().interrupt();

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(world.tasks("a")).containsExactly("task_1");
    world.accept("b", "task_2");
    world = world.reopened();
    assertThat(world.tasks("a")).containsExactly("task_1");
  }

  @Test
  void anInterruptedCallersIdIsRescued() {
    Attempt attempt = world.send("a");
    world.faults.commits.set(1000);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> world.ledger.record(attempt, accepted("task_1")))
        .hasMessageContaining("it is kept in");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(world.rescue.read().kept()).hasSize(1);
  }
}
