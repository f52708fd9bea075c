package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Money is per attempt, never per row: a row is ordered once more only in ways that are counted.
 */
class RoundsTest {

  private static final Csv CHAIN = Csv.of().create("a", "one").remix("b", "a").extend("c", "b");

  LedgerWorld world;

  @BeforeEach
  void aHome(@TempDir Path home) {
    world = LedgerWorld.open(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRoundTakesWhatFailedOrWasRefusedAndWhatStartsFromIt() {
    world.load(
        Csv.of()
            .create("a", "one")
            .remix("b", "a")
            .extend("c", "b")
            .create("r", "2")
            .create("z", "3"));
    world.accept("a", "task_a");
    world.fail("a");
    world.ledger.record(world.send("r"), LedgerWorld.refused());
    world.accept("z", "task_z");
    world.succeed("z");

    Reordered reordered = world.retry(1);

    assertThat(reordered).isEqualTo(new Reordered(2, 2, 0));
    assertThat(world.batches.round(world.batch)).isEqualTo(2);
    assertThat(world.states())
        .isEqualTo(
            Map.of(
                "a", RowState.PLANNED,
                "b", RowState.PLANNED,
                "c", RowState.PLANNED,
                "r", RowState.PLANNED,
                "z", RowState.SUCCEEDED));
    assertThat(world.ledger.planned(10))
        .extracting(row -> row.key().value())
        .containsExactly("a", "r");
  }

  @Test
  void aRowIsRetriedSoOftenAndNoMore() {
    world.load(CHAIN);
    for (int round = 1; round <= 3; round++) {
      world.accept("a", "task_" + round);
      world.fail("a");
      int retries = world.retry(2).retried();
      assertThat(retries).isEqualTo(round <= 2 ? 1 : 0);
    }

    assertThat(world.state("a")).isEqualTo(RowState.FAILED);
    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.batches.round(world.batch)).isEqualTo(3);
    assertThat(world.tasks("a")).containsExactly("task_1", "task_2", "task_3");
  }

  @ParameterizedTest
  @EnumSource(
      value = RowState.class,
      names = {"LOST", "IN_DOUBT", "WRITTEN_OFF", "SUCCEEDED", "ACCEPTED", "SENDING", "WITHDRAWN"})
  void aRowThatMayBePaidForIsNoPartOfARound(RowState state) {
    world.load(CHAIN);
    world.accept("a", "task_a");
    world.force("a", state);

    Reordered reordered = world.retry(9);

    assertThat(reordered.isAny()).isFalse();
    assertThat(world.state("a")).isEqualTo(state);
    assertThat(world.batches.round(world.batch)).isEqualTo(1);
  }

  @Test
  void aRowThatLeftTheFileIsNoPartOfARound() {
    world.load(CHAIN);
    world.accept("a", "task_a");
    world.fail("a");
    world.load(Csv.of().create("z", "other"));

    assertThat(world.retry(1).isAny()).isFalse();
  }

  @Test
  void aRowWhoseSourceIsNotRetriedStaysSkipped() {
    world.load(Csv.of().create("a", "one").remix("b", "a").create("x", "2").remix("y", "x"));
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.accept("x", "task_x");
    world.hear("x", RowEvent.LOST);

    world.retry(1);

    assertThat(world.state("b")).isEqualTo(RowState.PLANNED);
    assertThat(world.state("y")).isEqualTo(RowState.SKIPPED);
  }

  @Test
  void aMendedOrderHasItsRetriesAnew() {
    world.load(Csv.of().create("a", "one"));
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.retry(1);
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.load(Csv.of().create("a", "mended"));
    world.ledger.record(world.send("a"), LedgerWorld.refused());

    assertThat(world.retry(1).retried()).isEqualTo(1);
  }

  @Test
  void aNewInputAndItsRetriesAreOneTransaction() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    StagedInput input = world.stage(Csv.of().create("a", "one").create("z", "new"));
    assertThat(world.errors(input)).isEmpty();

    new Activation(world.database, java.time.InstantSource.fixed(LedgerWorld.NOW), world.batch)
        .activate(input, new Reorder(1, null));
    world.ledger.recount();

    assertThat(world.ledger.planned(10))
        .extracting(row -> row.key().value())
        .containsExactly("a", "z");
  }

  @Test
  void rowsInDoubtAreSentAgainOnlyWhenAskedAndTheWordIsKept() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.doubt());
    assertThat(world.retry(1).isAny()).isFalse();

    Reordered reordered = world.rounds().open(new Reorder(0, "a tester"));

    assertThat(reordered.resubmitted()).isEqualTo(1);
    assertThat(world.state("a")).isEqualTo(RowState.PLANNED);
    assertThat(world.one("select action || ' ' || operator from settlement"))
        .isEqualTo("resubmitted a tester");
  }

  @Test
  void aVideoOrderedOnceMoreKeepsItsOldTaskAndHasANewOne() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.succeed("a");

    world.again("a");
    assertThat(world.batches.round(world.batch)).isEqualTo(2);
    assertThat(world.task("a")).isEqualTo("task_1");
    world.accept("a", "task_2");
    world.succeed("a");

    assertThat(world.tasks("a")).containsExactly("task_1", "task_2");
    assertThat(world.task("a")).isEqualTo("task_2");
    assertThat(world.one("select action || ' ' || operator from settlement"))
        .isEqualTo("again a tester");
  }

  @Test
  void rowsNotSentYetStartFromTheNewVideo() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.succeed("a");
    assertThat(world.planned("b").source()).hasToString("task_1");

    world.again("a");
    assertThat(world.ledger.planned(10)).extracting(row -> row.key().value()).containsExactly("a");
    world.accept("a", "task_2");
    assertThat(world.ledger.planned(10)).isEmpty();
    world.succeed("a");

    assertThat(world.planned("b").source()).hasToString("task_2");
  }

  @Test
  void aRetriedRowWaitsForASourceThatWasOrderedOnceMore() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.succeed("a");
    world.accept("b", "task_b");
    world.fail("b");
    world.again("a");
    world.retry(1);
    assertThat(world.ledger.planned(10)).extracting(row -> row.key().value()).containsExactly("a");

    world.accept("a", "task_2");
    world.fail("a");

    assertThat(world.state("b")).isEqualTo(RowState.SKIPPED);
    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
  }

  @Test
  void whoOrdersARowOnceMoreIsToldHowManyGoAfterIt() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.fail("a");

    assertThat(world.again("a")).isEqualTo(world.rows(RowState.PLANNED) - 1).isEqualTo(2);
  }

  @Test
  void onlyRowsWithAnEndAreOrderedOnceMoreAndAllOrNone() {
    world.load(Csv.of().create("a", "one").create("b", "two").create("c", "three"));
    world.accept("a", "task_a");
    world.succeed("a");
    world.ledger.record(world.send("c"), LedgerWorld.doubt());

    assertThatThrownBy(() -> world.again("a", "b"))
        .isInstanceOf(WrongRowException.class)
        .hasMessageContaining("b")
        .hasMessageContaining("nothing was changed");
    assertThatThrownBy(() -> world.again("c")).hasMessageContaining("doubt resubmit");
    assertThatThrownBy(() -> world.again("nobody")).hasMessageContaining("no row nobody");

    assertThat(world.state("a")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.one("select count(*) from settlement")).isEqualTo("0");
  }

  @Test
  void aLostRowIsOrderedOnceMoreOnlyByName() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.hear("a", RowEvent.LOST);
    assertThat(world.retry(9).isAny()).isFalse();

    world.again("a");

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(3);
    assertThat(world.ledger.planned(10)).extracting(row -> row.key().value()).containsExactly("a");
  }

  @Test
  void aFailureOfTheProviderPlansTheRowUntilItHadItsAttempts() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.ledger.recordFailure(world.openTask("a"), LedgerWorld.facts("failed"), 2);
    assertThat(world.rows(RowState.PLANNED)).isEqualTo(3);
    assertThat(world.ledger.counts()).isEqualTo(world.batches.counts(world.batch));

    world.accept("a", "task_2");
    world.ledger.recordFailure(world.openTask("a"), LedgerWorld.facts("failed"), 2);

    assertThat(world.state("a")).isEqualTo(RowState.FAILED);
    assertThat(world.rows(RowState.SKIPPED)).isEqualTo(2);
    assertThat(world.tasks("a")).containsExactly("task_1", "task_2");
    assertThat(world.one("select count(*) from task where finished_at is not null")).isEqualTo("2");
  }

  @Test
  void aRequestThatMadeNothingIsNoAttemptOfTheRound() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.deferred());
    world.accept("a", "task_1");

    world.ledger.recordFailure(world.openTask("a"), LedgerWorld.facts("failed"), 2);

    assertThat(world.state("a")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void aRequestInDoubtIsAnAttemptOfTheRound() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.doubt());
    new Doubts(world.database, java.time.InstantSource.fixed(LedgerWorld.NOW), world.batch)
        .resubmit(java.util.List.of(new RowKey("a")), "a tester");
    world.ledger.recount();
    world.accept("a", "task_1");

    world.ledger.recordFailure(world.openTask("a"), LedgerWorld.facts("failed"), 2);

    assertThat(world.state("a")).isEqualTo(RowState.FAILED);
  }

  @Test
  void aLostRowThatIsFoundFreesThoseThatStartFromIt() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.hear("a", RowEvent.LOST);
    OpenTask lost = world.lostTasks(LedgerWorld.NOW).due().get(0);

    world.ledger.record(lost, LedgerWorld.facts("completed"), RowEvent.SUCCEEDED);

    assertThat(world.state("a")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.planned("b").source()).hasToString("task_1");
    assertThat(world.state("c")).isEqualTo(RowState.PLANNED);
    assertThat(world.ledger.counts()).isEqualTo(world.batches.counts(world.batch));
  }

  @Test
  void aRowThatIsToBeSentOnceMoreSaysWhoWantsIt() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.succeed("a");
    world.again("a");

    assertThat(world.error("a").message())
        .endsWith("(to be sent once more, says a tester, 2026-11-20T08:00:00Z)");
    assertThat(world.report("a").history()).hasSize(1);
    world.accept("a", "task_2");
    assertThat(world.report("a").error()).isNull();
    assertThat(world.report("a").history())
        .extracting(attempt -> attempt.round() + " " + attempt.outcome() + " " + attempt.task())
        .containsExactly("1 ACCEPTED task_1", "1 ACCEPTED task_2"); // the ledger stayed open
    assertThat(world.report("a").settlements()).hasSize(1);
  }

  @Test
  void doubtsThatAskForTheSameAreCounted() {
    world.load(Csv.of().create("a", "one").create("b", "one").create("c", "two"));
    for (String key : java.util.List.of("a", "b", "c")) {
      world.ledger.record(world.send(key), LedgerWorld.doubt());
    }

    assertThat(
            new Doubts(world.database, java.time.InstantSource.fixed(LedgerWorld.NOW), world.batch)
                .list())
        .extracting(Doubt::alike)
        .containsExactly(2, 2, 1);
  }

  @Test
  void aLostTaskIsAskedAfterOnceADayForSomeDays() {
    world.load(CHAIN);
    world.accept("a", "task_1");
    world.hear("a", RowEvent.LOST);
    Instant now = LedgerWorld.NOW;

    assertThat(world.lostTasks(now).due()).hasSize(1);
    world.lostTasks(now).stillLost(world.lostTasks(now).due().get(0));

    assertThat(world.state("a")).isEqualTo(RowState.LOST);
    assertThat(world.lostTasks(now.plus(Duration.ofHours(23))).due()).isEmpty();
    assertThat(world.lostTasks(now.plus(Duration.ofHours(24))).due()).hasSize(1);
    assertThat(world.lostTasks(now.plus(Duration.ofDays(7))).due()).isEmpty();
  }
}
