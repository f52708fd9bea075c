package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was under way when the process died is in doubt, and nothing else is. */
class RecoveryTest {

  LedgerWorld world;

  @BeforeEach
  void aBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").remix("child", "a").create("b", "two").create("c", "3"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRequestWithoutAnAnswerIsInDoubt() {
    world.send("a");
    world.accept("b", "task_b");

    world = world.reopened();
    int doubts = world.recover();

    assertThat(doubts).isEqualTo(1);
    assertThat(world.state("a")).isEqualTo(RowState.IN_DOUBT);
    assertThat(world.state("b")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.state("c")).isEqualTo(RowState.PLANNED);
    assertThat(world.report("a").error())
        .hasToString("run_died: The program ended between this request and its answer.");
    assertThat(world.one("select outcome from attempt where code = 'run_died'"))
        .isEqualTo("IN_DOUBT");
  }

  @Test
  void recoveringAgainFindsNothing() {
    world.send("a");
    world.recover();

    assertThat(world.recover()).isZero();
    assertThat(world.state("a")).isEqualTo(RowState.IN_DOUBT);
  }

  @Test
  void whatWaitsForARowInDoubtGoesOnWaiting() {
    world.send("a");
    world.recover();

    assertThat(world.state("child")).isEqualTo(RowState.PLANNED);
    assertThat(world.ledger.planned(10))
        .extracting(row -> row.key().value())
        .containsExactly("b", "c");
  }

  @Test
  void theDoubtsOfAnotherBatchAreItsOwn() {
    world.send("a");
    BatchRecord other =
        world.batches.open(new BatchName("other"), "https://gateway.test", new AccountName("main"));

    assertThat(new Recovery(world.database, world.rescue).recover(other)).isZero();

    assertThat(world.state("a")).isEqualTo(RowState.SENDING);
  }

  @Test
  void onlyTheAttemptUnderWayIsInDoubt() {
    world.ledger.record(world.send("a"), LedgerWorld.deferred());
    world.send("a");

    world.recover();

    assertThat(
            world.sql().queryForList("select outcome from attempt order by number", String.class))
        .containsExactly("DEFERRED", "IN_DOUBT");
  }

  @Test
  void aTornLineOfTheRescueFileHoldsUpNothing() throws java.io.IOException {
    Attempt attempt = world.send("a");
    world.rescue.keep(attempt, new io.reelbatch.model.TaskId("task_1"), LedgerWorld.NOW);
    Path file = world.home.resolve("rescue.jsonl");
    String text = java.nio.file.Files.readString(file);
    int end = text.stripTrailing().length();
    java.nio.file.Files.writeString(
        file, text.substring(0, end) + "\n{\"row\":2,\"task\":\"tas" + text.substring(end + 30));

    world = world.reopened();
    world.recover();

    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.home.resolve("rescue.jsonl.damaged")).content().contains("{\"row\":2");
    assertThat(world.rescue.read().damaged()).isEmpty();
  }
}
