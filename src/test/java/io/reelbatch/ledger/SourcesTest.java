package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that start from another row's video go when it is there, and never when it will not be. */
class SourcesTest {

  private static final Csv CHAIN =
      Csv.of().create("a", "one").remix("b", "a").extend("c", "b").create("z", "two");

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
  void aSourceIsARowOfTheFileOrATask() {
    var errors = world.load(Csv.of().create("a", "one").remix("b", "nowhere"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).line()).isEqualTo(3);
    assertThat(errors.get(0).value()).isEqualTo("nowhere");
  }

  @Test
  void aCircleIsNamedInFull() {
    var errors =
        world.load(
            Csv.of()
                .remix("x", "a")
                .remix("a", "b")
                .remix("b", "c")
                .remix("c", "a")
                .create("d", "1"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).line()).isEqualTo(3);
    assertThat(errors.get(0).problem()).contains("a → b → c → a");
  }

  @Test
  void aRowMayNotWaitForItself() {
    var errors = world.load(Csv.of().remix("a", "a"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).problem()).contains("a → a");
  }

  @Test
  void aPrivateVideoIsNotRemixedButMayBeExtended() {
    var errors = world.load(Csv.of().createPrivate("a", "one").remix("b", "a").extend("c", "a"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).line()).isEqualTo(3);
    assertThat(errors.get(0).problem()).contains("line 2 is private");
  }

  @Test
  void aRowWaitsForItsSourceAndThenStartsFromItsTask() {
    world.load(CHAIN);
    assertThat(world.ledger.planned(10)).extracting(r -> r.key().value()).containsExactly("a", "z");

    world.accept("a", "task_a");
    assertThat(world.ledger.planned(10)).extracting(r -> r.key().value()).containsExactly("z");
    world.succeed("a");

    assertThat(world.planned("b").source()).hasToString("task_a");
    assertThat(world.ledger.planned(10)).extracting(r -> r.key().value()).containsExactly("b", "z");
  }

  @Test
  void aTaskOfTheGatewayIsASourceAtOnce() {
    world.load(Csv.of().remixOfTask("a", "sora-2:task_x"));

    assertThat(world.planned("a").source()).hasToString("sora-2:task_x");
  }

  @Test
  void aSourceThatIsDoneAlreadyLetsNewRowsGoAtOnce() {
    world.load(Csv.of().create("a", "one"));
    world.accept("a", "task_a");
    world.succeed("a");

    world.load(Csv.of().create("a", "one").remix("b", "a"));

    assertThat(world.planned("b").source()).hasToString("task_a");
  }

  @Test
  void aSourceThatFailsSkipsAllThatWaitForIt() {
    world.load(CHAIN);
    world.accept("a", "task_a");

    world.fail("a");

    assertThat(world.state("b")).isEqualTo(RowState.SKIPPED);
    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.state("z")).isEqualTo(RowState.PLANNED);
    assertThat(world.error("c").code()).isEqualTo("source_failed");
    assertThat(world.error("c").message()).contains("starts from, a,");
    assertThat(world.ledger.counts().of(RowState.SKIPPED)).isEqualTo(2);
  }

  @Test
  void aSourceThatIsRefusedSkipsAllThatWaitForIt() {
    world.load(CHAIN);

    world.ledger.record(world.send("a"), LedgerWorld.refused());

    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.error("b").code()).isEqualTo("source_refused");
  }

  @ParameterizedTest
  @EnumSource(
      value = RowState.class,
      names = {"FAILED", "REFUSED", "LOST", "WRITTEN_OFF"})
  void aSourceThatHasNoVideoSkipsNewRowsAtAnyRemove(RowState state) {
    world.load(Csv.of().create("a", "one"));
    world.send("a");
    world.force("a", state);

    world.load(CHAIN);

    assertThat(world.state("b")).isEqualTo(RowState.SKIPPED);
    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.error("c").code())
        .isEqualTo("source_" + state.name().toLowerCase(Locale.ROOT));
    assertThat(world.error("c").message()).contains("starts from, a,");
  }

  @Test
  void aSourceInDoubtHoldsThoseThatWait() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.doubt());

    world.load(CHAIN);

    assertThat(world.state("b")).isEqualTo(RowState.PLANNED);
    assertThat(world.ledger.planned(10)).extracting(r -> r.key().value()).containsExactly("z");
  }

  @Test
  void aMendedSourceFreesThoseThatWereSkipped() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.refused());

    world.load(Csv.of().create("a", "mended").remix("b", "a").extend("c", "b"));

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(3);
    assertThat(world.ledger.planned(10)).extracting(r -> r.key().value()).containsExactly("a");
    world.accept("a", "task_a");
    world.succeed("a");
    assertThat(world.planned("b").source()).hasToString("task_a");
  }

  @Test
  void aSourceThatSucceededMeanwhileFreesThoseThatWereSkipped() {
    world.load(CHAIN);
    world.accept("a", "task_a");
    world.hear("a", RowEvent.LOST);
    assertThat(world.state("b")).isEqualTo(RowState.SKIPPED);
    world.force("a", RowState.SUCCEEDED);

    world.load(CHAIN);

    assertThat(world.planned("b").source()).hasToString("task_a");
    assertThat(world.state("c")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void aSkippedRowThatNoLongerNeedsASourceIsPlanned() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.refused());

    world.load(Csv.of().create("a", "one").create("b", "by itself").remixOfTask("c", "video_9"));

    assertThat(world.planned("b").source()).isNull();
    assertThat(world.planned("c").source()).hasToString("video_9");
  }

  @Test
  void aRowThatStartsFromAnotherRowThanBeforeWaitsForThatOne() {
    world.load(Csv.of().create("a", "one").create("z", "two").remix("b", "a"));
    world.load(Csv.of().create("a", "one").create("z", "two").remix("b", "z"));
    world.accept("z", "task_z");
    world.succeed("z");

    assertThat(world.planned("b").source()).hasToString("task_z");
  }

  @Test
  void aRowThatStartsFromNothingAnyMoreGoesAtOnce() {
    world.load(Csv.of().create("a", "one").remix("b", "a"));

    world.load(Csv.of().create("a", "one").create("b", "by itself"));

    assertThat(world.planned("b").source()).isNull();
  }

  @Test
  void theReasonOfASkippedRowIsTheSourceItHasNow() {
    world.load(Csv.of().create("a", "one").create("z", "two").remix("b", "a"));
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.accept("z", "task_z");
    world.fail("z");

    world.load(Csv.of().create("a", "one").create("z", "two").remix("b", "z"));

    assertThat(world.error("b").message()).contains("starts from, z,");
  }

  @Test
  void aSkippedRowThatLeftAndCameBackIsSkippedAgain() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.load(Csv.of().create("a", "one"));
    assertThat(world.state("b")).isEqualTo(RowState.WITHDRAWN);

    world.load(CHAIN);

    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.error("c").message()).contains("starts from, a,");
  }

  @Test
  void anotherBatchsRowsOfTheSameNameAreNoSources() {
    world.load(Csv.of().create("a", "one"));
    BatchRecord other =
        world.batches.open(
            new io.reelbatch.model.BatchName("other"), "https://gateway.test", "main");
    var clock = java.time.InstantSource.fixed(LedgerWorld.NOW);
    Staging staging = new Staging(world.database, clock, other);
    long input = staging.begin("d", "a", "f", java.util.List.of());
    staging.add(input, Csv.of().create("a", "one").remix("b", "a").lines());
    assertThat(new StagedCheck(world.database, other).errors(input)).isEmpty();
    new Activation(world.database, clock, other).activate(input);

    assertThat(world.batches.counts(other).of(RowState.PLANNED)).isEqualTo(2);
    assertThat(world.batches.counts(world.batch).of(RowState.PLANNED)).isEqualTo(1);
    world.accept("a", "task_a");
    world.succeed("a");
    assertThat(world.batches.counts(other).of(RowState.PLANNED)).isEqualTo(2);
  }
}
