package io.reelbatch.ledger;

import static io.reelbatch.ledger.LedgerWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 2: an id that the ledger does not take reaches the rescue file, and comes back once. */
class CommitFailureTest {

  private static final int FOR_EVER = 1000;

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
  void aCommitThatFailsForAMomentIsTriedAgain() {
    Attempt attempt = world.send("a");
    world.faults.commits.set(2);

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.rescue.read().kept()).isEmpty();
  }

  @Test
  void aCommitThatWasOneAfterAllStoresTheIdOnce() {
    Attempt attempt = world.send("a");
    world.faults.lostAnswers.set(2);

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void anIntentWhoseCommitWasOneAfterAllMayBeSentOnce() {
    world.faults.lostAnswers.set(1);

    Attempt attempt = world.send("a");

    assertThat(world.state("a")).isEqualTo(RowState.SENDING);
    assertThat(world.one("select count(*) from attempt")).isEqualTo("1");
    assertThat(world.one("select sum(sends) from spending where period = 'all'")).isEqualTo("1");
    world.ledger.record(attempt, accepted("task_1"));
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void theCountsAreRightAfterACommitThatWasOneAfterAll() {
    world.faults.lostAnswers.set(1);
    Attempt attempt = world.send("a");
    assertThat(world.ledger.counts().of(RowState.SENDING)).isEqualTo(1);

    world.faults.lostAnswers.set(1);
    world.ledger.record(attempt, accepted("task_1"));
    assertThat(world.ledger.counts().of(RowState.ACCEPTED)).isEqualTo(1);

    world.faults.lostAnswers.set(1);
    world.succeed("a");
    assertThat(world.ledger.counts().of(RowState.SUCCEEDED)).isEqualTo(1);
    assertThat(world.ledger.counts().of(RowState.ACCEPTED)).isZero();
  }

  @Test
  void aSyncThatFailsForAMomentIsTriedAgain() {
    Attempt attempt = world.send("a");
    world.faults.syncs.set(2);

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.rescue.read().kept()).isEmpty();
  }

  @Test
  void anIdThatTheLedgerDoesNotTakeIsKeptAndSaidAloud() {
    Attempt attempt = world.send("a");
    world.faults.commits.set(FOR_EVER);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> world.ledger.record(attempt, accepted("task_1")))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("task_1 of row a is paid for")
          .hasMessageContaining("rescue.jsonl")
          .hasMessageContaining("disk full");
    } finally {
      System.setErr(before);
    }

    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("task_1").contains("\"key\":\"a\"");
    assertThat(world.rescue.read().kept())
        .extracting(kept -> kept.task().value())
        .containsExactly("task_1");
  }

  @Test
  void theNextRunTakesAKeptIdIn() {
    keepOutOfTheLedger(world.send("a"), "task_1");

    world = world.reopened();
    int doubts = world.recover();

    assertThat(doubts).isZero();
    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.openTask("a").task().value()).isEqualTo("task_1");
    assertThat(world.one("select outcome from attempt")).isEqualTo("ACCEPTED");
    assertThat(world.rescue.read().kept()).isEmpty();
  }

  @Test
  void aKeptIdIsTakenInOnceEvenIfTheFileWasNotCleared() {
    Attempt attempt = world.send("a");
    keepOutOfTheLedger(attempt, "task_1");
    world = world.reopened();
    world.recover();
    world.rescue.keep(attempt, new TaskId("task_1"), LedgerWorld.NOW);
    world.succeed("a");

    world = world.reopened();
    world.recover();

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.state("a")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.rescue.read().kept()).isEmpty();
  }

  @Test
  @OnFileOnly
  void anIdThatWasCommittedButNotSyncedIsTakenInOnce() {
    Attempt attempt = world.send("a");
    world.faults.syncs.set(FOR_EVER);
    assertThatThrownBy(() -> world.ledger.record(attempt, accepted("task_1")))
        .hasMessageContaining("it is kept in");

    world = world.reopened();
    world.recover();

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void aKeptIdOfAnotherOrderIsSetAsideAndHoldsUpNothing() {
    Attempt attempt = world.send("a");
    world.rescue.keep(
        new Attempt(
            attempt.row(),
            new RowKey("of-an-older-ledger"),
            1,
            1,
            attempt.order(),
            null,
            attempt.account()),
        new TaskId("task_x"),
        LedgerWorld.NOW);

    int doubts = world.recover();

    assertThat(doubts).isEqualTo(1);
    assertThat(world.tasks("a")).isEmpty();
    assertThat(world.home.resolve("rescue.jsonl.damaged"))
        .content()
        .contains("task_x")
        .contains("of-an-older-ledger");
  }

  @Test
  void aKeptIdOfAnotherBatchIsTakenInAsWell() {
    keepOutOfTheLedger(world.send("a"), "task_1");
    BatchRecord other =
        world.batches.open(new BatchName("other"), "https://gateway.test", new AccountName("main"));

    new Recovery(world.database, world.rescue).recover(other);

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void withoutAConnectionEveryWaitingIdIsKept() {
    Attempt first = world.send("a");
    Attempt second = world.send("b");
    world.faults.connections.set(FOR_EVER);

    assertThatThrownBy(() -> world.ledger.record(first, accepted("task_1")))
        .hasMessageContaining("it is kept in");
    assertThatThrownBy(() -> world.ledger.record(second, accepted("task_2")))
        .hasMessageContaining("it is kept in");

    world = world.reopened();
    world.recover();
    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.tasks("b")).containsExactly("task_2");
  }

  @Test
  void anAnswerAfterTheEndIsKept() {
    Attempt attempt = world.send("a");
    world.ledger.close();

    assertThatThrownBy(() -> world.ledger.record(attempt, accepted("task_1")))
        .hasMessageContaining("the ledger is closed");

    assertThat(world.rescue.read().kept()).hasSize(1);
  }

  @Test
  void anAnswerWithoutAnIdNeedsNoRescue() {
    Attempt attempt = world.send("a");
    world.faults.commits.set(FOR_EVER);

    assertThatThrownBy(() -> world.ledger.record(attempt, LedgerWorld.refused()))
        .isInstanceOf(LedgerException.class);

    assertThat(world.rescue.read().kept()).isEmpty();
  }

  private void keepOutOfTheLedger(Attempt attempt, String task) {
    world.faults.commits.set(FOR_EVER);
    assertThatThrownBy(() -> world.ledger.record(attempt, accepted(task)))
        .isInstanceOf(LedgerException.class);
    world.faults.commits.set(0);
  }
}
