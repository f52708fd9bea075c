package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 4: an input counts whole or not at all. */
class AdmissionTest {

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
  void nothingIsVisibleBeforeTheInputIsActive() {
    StagedInput input = world.stage(Csv.of().create("a", "one").create(null, "two"));
    assertThat(world.errors(input)).isEmpty();

    assertThat(world.states()).isEmpty();
    assertThat(world.batches.activeInput(world.batch)).isEmpty();
    assertThat(world.ledger.planned(10)).isEmpty();
    assertThat(world.batches.hasReadyRows(world.batch)).isFalse();
  }

  @Test
  void anActiveInputIsPlannedWholeAndInItsOrder() {
    world.load(Csv.of().create("z", "one").create(null, "two").create("a", "three"));

    assertThat(world.ledger.planned(10))
        .extracting(row -> row.order().prompt())
        .containsExactly("one", "two", "three");
    InputRecord active = world.batches.activeInput(world.batch).orElseThrow();
    assertThat(active.lines()).isEqualTo(3);
    assertThat(active.columns()).containsExactly("id", "prompt");
    assertThat(active.file()).isEqualTo("shots.csv");
    assertThat(world.batches.hasReadyRows(world.batch)).isTrue();
    assertThat(world.ledger.counts().of(RowState.PLANNED)).isEqualTo(3);
  }

  @Test
  void aDeathInTheMiddleOfStagingLeavesTheEarlierInput() {
    world.load(Csv.of().create("a", "one").create("b", "two"));
    world.accept("a", "task_a");
    var before = world.states();
    world.stage(Csv.of().create("c", "three"));

    world = world.reopened();

    assertThat(world.states()).isEqualTo(before);
    assertThat(world.report())
        .extracting(line -> String.valueOf(line.row()))
        .containsExactly("a", "b");
  }

  @Test
  void aDeathDuringActivationLeavesTheEarlierInput() {
    world.load(Csv.of().create("a", "one"));
    StagedInput input = world.stage(Csv.of().create("b", "two"));
    world.errors(input);
    world.faults.commits.set(1);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> world.activate(input))
        .isInstanceOf(RuntimeException.class);

    assertThat(world.states()).containsOnlyKeys("a");
    assertThat(world.batches.activeInput(world.batch).orElseThrow().id()).isNotEqualTo(input.id());
    world.activate(input);
    assertThat(world.state("a")).isEqualTo(RowState.WITHDRAWN);
    assertThat(world.state("b")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void theNextInputForgetsTheLeftovers() {
    world.stage(Csv.of().create("a", "one"));
    world.load(Csv.of().create("b", "two"));

    assertThat(world.states()).containsOnlyKeys("b");
    assertThat(world.one("select count(*) from staged_order")).isEqualTo("0");
    assertThat(world.one("select count(*) from input_line")).isEqualTo("1");
    assertThat(world.one("select count(*) from input")).isEqualTo("1");
  }

  @Test
  void theLeftoversOfAnotherBatchAreItsOwn() {
    world.stage(Csv.of().create("a", "one"));
    BatchRecord other =
        world.batches.open(
            new io.reelbatch.model.BatchName("other"),
            "https://gateway.test",
            new AccountName("main"));

    new Staging(world.database, java.time.InstantSource.fixed(LedgerWorld.NOW), other)
        .begin("d", "a", "f", List.of());

    assertThat(world.one("select count(*) from staged_order")).isEqualTo("1");
  }

  @Test
  void theOldFileWorksAgainAfterABadOne() {
    Csv good = Csv.of().create("a", "one").create("b", "two");
    world.load(good);
    world.accept("a", "task_a");

    assertThat(world.load(Csv.of().create("a", "one").create("a", "two"))).isNotEmpty();
    assertThat(world.load(good)).isEmpty();

    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.state("b")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void anIdMayStandOnce() {
    var errors =
        world.load(
            Csv.of().create("a", "one").create("b", "two").create("a", "three").create("a", "one"));

    assertThat(errors).hasSize(2);
    assertThat(errors.get(0).line()).isEqualTo(4);
    assertThat(errors.get(1).line()).isEqualTo(5);
    assertThat(errors).allMatch(error -> error.problem().toString().contains("already in line 2"));
  }

  @Test
  void allErrorsComeAtOnce() {
    var errors = world.load(Csv.of().create("a", "one").create("a", "two").remix("b", "nowhere"));

    assertThat(errors).extracting(error -> error.column()).containsExactly("id", "source");
  }

  @Test
  void aPaidIdMayNotAskForSomethingElse() {
    world.load(Csv.of().create("a", "one").create("b", "two").create("c", "three"));
    world.accept("a", "task_a");
    world.send("b");
    world.ledger.record(world.send("c"), LedgerWorld.doubt());

    var errors = world.load(Csv.of().create("a", "new").create("b", "new").create("c", "new"));

    assertThat(errors)
        .hasSize(3)
        .allMatch(error -> error.problem().toString().contains("already sent"));
    assertThat(errors.get(0).problem().toString()).contains("task_a");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void anIdWhoseDoubtIsSentAgainMayNotAskForSomethingElse() {
    world.load(Csv.of().create("a", "one"));
    world.ledger.record(world.send("a"), LedgerWorld.doubt());
    world.force("a", RowState.PLANNED);

    assertThat(world.load(Csv.of().create("a", "new"))).hasSize(1);
  }

  @Test
  void anIdThatCostNothingMayAskForSomethingElse() {
    world.load(Csv.of().create("a", "one").create("b", "two").create("c", "three"));
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.ledger.record(world.send("b"), LedgerWorld.deferred());

    assertThat(world.load(Csv.of().create("a", "new").create("b", "new b").create("c", "new c")))
        .isEmpty();

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(3);
    assertThat(world.ledger.planned(10))
        .extracting(row -> row.order().prompt())
        .containsExactly("new", "new b", "new c");
    assertThat(world.send("a").number()).isEqualTo(2);
  }

  @Test
  void aRefusedOrderThatIsTheSameStaysRefused() {
    world.load(Csv.of().create("a", "one"));
    world.ledger.record(world.send("a"), LedgerWorld.refused());

    world.load(Csv.of().create("a", "one"));

    assertThat(world.state("a")).isEqualTo(RowState.REFUSED);
  }

  @Test
  void aRowReadBeforeItsOrderWasReplacedIsNotSent() {
    world.load(Csv.of().create("a", "one"));
    List<PlannedRow> old = world.ledger.planned(1);
    world.load(Csv.of().create("a", "new"));

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> world.ledger.intend(old))
        .isInstanceOf(LedgerException.class);
  }

  @Test
  void aChangedDefaultIsTheSameRowAndReachesWhatIsNotSentYet() {
    world.load(Csv.of().createWithDefault("a", "one", "m").createWithDefault(null, "two", "m"));
    world.accept("a", "task_a");

    assertThat(
            world.load(
                Csv.of().createWithDefault("a", "one", "n").createWithDefault(null, "two", "n")))
        .isEmpty();

    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.states()).hasSize(2);
    assertThat(world.ledger.planned(10)).hasSize(1);
    assertThat(world.ledger.planned(10).get(0).order().model()).isEqualTo("n");
  }

  @Test
  void rowsThatLeftTheFileAreWithdrawnAndComeBack() {
    Csv all = Csv.of().create("a", "one").create("b", "two").create("c", "three");
    world.load(all);
    world.accept("a", "task_a");
    world.load(Csv.of().create("c", "three"));

    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.state("b")).isEqualTo(RowState.WITHDRAWN);
    assertThat(world.ledger.openTasks(0, 10).tasks()).hasSize(1);
    assertThat(world.ledger.planned(10)).hasSize(1);

    world.load(all);
    assertThat(world.state("b")).isEqualTo(RowState.PLANNED);
    assertThat(world.states()).hasSize(3);
  }

  @Test
  void rowsOfOlderInputsGoOnToTheirEnd() {
    world.load(Csv.of().create("a", "one"));
    world.accept("a", "task_a");
    world.load(Csv.of().create("b", "two"));

    world.succeed("a");

    assertThat(world.state("a")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.report()).extracting(line -> String.valueOf(line.row())).containsExactly("b");
  }

  @Test
  void linesThatArePassedOverAreInvalidAndTheRestIsPlanned() {
    world.loadWithoutInvalid(
        Csv.of()
            .create("a", "one")
            .wrong("no prompt")
            .create("a", "twice")
            .remix("b", "nowhere")
            .remix("c", "b")
            .remix("d", "c")
            .remix("e", "a"));

    assertThat(world.states()).containsOnlyKeys("a", "e");
    assertThat(world.report())
        .extracting(ReportLine::state)
        .containsExactly(
            RowState.PLANNED,
            RowState.INVALID,
            RowState.INVALID,
            RowState.INVALID,
            RowState.INVALID,
            RowState.INVALID,
            RowState.PLANNED);
    assertThat(world.report().get(4).error())
        .hasToString(
            "invalid: line 6, column source, \"b\": cannot be made: line 5 has no source itself");
  }

  @Test
  void passingOverALongChainTakesFewRounds() {
    Csv csv = Csv.of().extend("c0", "nowhere");
    IntStream.range(1, 300).forEach(i -> csv.extend("c" + i, "c" + (i - 1)));
    csv.create("good", "one");

    int rounds = world.loadWithoutInvalid(csv);

    assertThat(rounds).isLessThan(5);
    assertThat(world.states()).containsOnlyKeys("good");
  }

  @Test
  void passingOverACircleEnds() {
    world.loadWithoutInvalid(
        Csv.of().remix("a", "b").remix("b", "c").remix("c", "a").remix("d", "a").create("e", "1"));

    assertThat(world.states()).containsOnlyKeys("e");
  }
}
