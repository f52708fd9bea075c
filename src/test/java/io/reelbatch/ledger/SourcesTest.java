package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.LineError;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Operation;
import io.reelbatch.model.OperationSpec;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.Video;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    assertThat(errors.get(0).problem().toString()).contains("a → b → c → a");
  }

  @Test
  void aRowMayNotWaitForItself() {
    var errors = world.load(Csv.of().remix("a", "a"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).problem().toString()).contains("a → a");
  }

  @Test
  void aSourceMayStandThousandsOfLinesBeforeOrAfterWhatStartsFromIt() {
    Csv csv = Csv.of().create("first", "one").remix("early", "last");
    for (int i = 0; i < 12_000; i++) {
      csv.create(null, "between " + i);
    }
    csv.remix("late", "first").create("last", "two").extend("latest", "first");

    assertThat(world.load(csv)).isEmpty();

    assertThat(sourceOf("early")).isEqualTo("last");
    assertThat(sourceOf("late")).isEqualTo("first");
    assertThat(sourceOf("latest")).isEqualTo("first");
  }

  @Test
  void idsThatAreNotToldApartStopTheFileBeforeOneIsTakenForTheOther() {
    // Two texts that FNV-1a gives the same 64 bits.
    String one = "8yn0iYCKYHlIj4-BwPqk";
    String other = "GReLUrM4wMqfg9yzV3KQ";

    for (Csv csv :
        List.of(
            Csv.of().create(one, "one").create(other, "two"),
            Csv.of().create(one, "one").remix("b", other))) {
      assertThatThrownBy(() -> world.load(csv))
          .isInstanceOf(LedgerException.class)
          .hasMessageContainingAll(one, other, "Nothing was sent");
    }
  }

  @Test
  void aPrivateVideoIsNotRemixedButMayBeExtended() {
    var errors = world.load(Csv.of().createPrivate("a", "one").remix("b", "a").extend("c", "a"));

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).line()).isEqualTo(3);
    assertThat(errors.get(0).problem().toString()).contains("line 2 is private");
  }

  @Test
  void whatTheCatalogueKnowsAModelNotToExtendIsNoSourceOfAnExtension() {
    var grok =
        new ModelSpec(
            "grok",
            Map.of(
                Operation.CREATE,
                OperationSpec.of(List.of()),
                Operation.EXTEND,
                new OperationSpec(List.of(), null, List.of("grok"), null, null)),
            Endpoint.UNIFIED,
            null);
    var sora = new ModelSpec("sora", Map.of(Operation.CREATE, List.of()));
    var remix = new ModelSpec(ModelSpec.REMIX, Map.of(Operation.REMIX, List.of()));
    world.knowing(new Catalogue(List.of(grok, sora, remix)));

    var errors =
        world.load(
            Csv.of()
                .createOf("g", "grok", 10)
                .createOf("s", "sora", 10)
                .createOf("u", "unknown", 10)
                .extendFrom("of-grok", "g", "grok", 3)
                .extendFrom("of-sora", "s", "grok", 3)
                .extendFrom("of-unknown", "u", "grok", 3)
                .extendFrom("by-unknown", "s", "unknown", 3)
                .remix("again", "s")
                .extendFrom("of-remix", "again", "grok", 3)
                .extendFrom("of-extension", "of-grok", "grok", 3));

    assertThat(errors).extracting(LineError::line).containsExactly(6L, 10L);
    assertThat(errors).extracting(LineError::column).containsOnly("source");
    assertThat(errors.get(0).problem().toString()).contains("line 3", "of sora", "of grok only");
  }

  @Test
  void anExtensionStartsBeforeTheEndOfItsSource() {
    var errors =
        world.load(
            Csv.of()
                .createOf("a", "m", 10)
                .extendFrom("b", "a", "m", 9)
                .extendFrom("c", "a", "m", 10)
                .extendFrom("d", "a", "m", 11)
                .extendFrom("nobody knows how long b is", "b", "m", 99));

    assertThat(errors).extracting(LineError::line).containsExactly(4L, 5L);
    assertThat(errors).extracting(LineError::column).containsOnly("start_time");
    assertThat(errors.get(0).problem().toString())
        .isEqualTo("must be less than 10, the seconds of the video of line 2");
  }

  @Test
  void aLineWhoseSourceStandsTwiceIsFoundWrongOnce() {
    var errors =
        world.load(Csv.of().createPrivate("a", "1").createPrivate("a", "2").remix("b", "a"));

    assertThat(errors).extracting(LineError::line).containsExactly(3L, 4L);
  }

  @Test
  void allThatHangsOnALineWithoutSourceIsNamed() {
    var errors =
        world.load(
            Csv.of().remix("d", "c").remix("c", "b").remix("b", "nowhere").create("z", "fine"));

    assertThat(errors).extracting(LineError::line).containsExactly(4L, 3L, 2L);
    assertThat(errors.get(2).problem().toString()).contains("line 3 has no source itself");
  }

  @Test
  void theLongestChainGoesFirstThenTheFirstLine() {
    world.load(
        Csv.of()
            .create("x", "alone")
            .create("short", "1")
            .create("long", "2")
            .create("y", "alone as well")
            .remix("s1", "short")
            .remix("l2", "l1")
            .remix("l1", "long")
            .remix("another", "long"));
    assertThat(ready()).containsExactly("long", "short", "x", "y");

    succeeded("long");

    assertThat(ready()).containsExactly("l1", "short", "another", "x", "y");
  }

  @Test
  void amongEqualsTheSourceWhoseLinkEndsFirstIsUsedFirst() {
    world.load(
        Csv.of()
            .create("a", "1")
            .create("b", "2")
            .create("c", "3")
            .create("x", "alone")
            .remix("a1", "a")
            .remix("b1", "b")
            .remix("c1", "c"));

    succeeded("a", LedgerWorld.NOW.plusSeconds(7200));
    succeeded("b"); // says nothing: a day is reckoned with
    succeeded("c", LedgerWorld.NOW.plusSeconds(3600));

    assertThat(ready()).containsExactly("c1", "a1", "b1", "x");
  }

  @Test
  void theChainsOfANewFileCountAndNoOthers() {
    world.load(CHAIN);

    world.load(Csv.of().create("a", "one").create("z", "two").remix("y", "z"));
    assertThat(ready()).containsExactly("z", "a");

    world.load(Csv.of().create("z", "two").create("a", "one").remix("b", "a").extend("c", "b"));
    assertThat(ready()).containsExactly("a", "z");
  }

  private List<String> ready() {
    return world.ledger.planned(10).stream().map(row -> row.key().value()).toList();
  }

  private void succeeded(String key) {
    world.accept(key, "task_" + key);
    world.succeed(key);
  }

  private void succeeded(String key, Instant linkEnds) {
    world.accept(key, "task_" + key);
    var video = new Video(URI.create("https://gateway.test/" + key), null, linkEnds);
    world.ledger.record(
        world.openTask(key),
        new TaskFacts("completed", 100, video, null, 1, null, "{}"),
        RowEvent.SUCCEEDED);
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
    assertThat(world.error("b").message())
        .isEqualTo(
            "Not sent: the row that it starts from, a, ended as FAILED (failed_code: it failed).");
    assertThat(world.error("c").message()).contains("top of the chain that it starts from, a,");
    assertThat(world.error("c").messageZh()).contains("上游的行 a", "it failed");
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
    assertThat(world.doubts().list()).extracting(Doubt::waiting).containsExactly(2);
  }

  @Test
  void aDoubtThatIsAdoptedLetsThoseGoThatWait() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.doubt());

    world.doubts().adopt(new RowKey("a"), new TaskId("task_a"), "a tester");
    world.succeed("a");

    assertThat(world.planned("b").source()).hasToString("task_a");
  }

  @Test
  void aTaskOfAnotherRowIsNotAdopted() {
    world.load(Csv.of().create("a", "x").create("b", "y"));
    world.accept("a", "task_a");
    world.ledger.record(world.send("b"), LedgerWorld.doubt());

    assertThatThrownBy(
            () -> world.doubts().adopt(new RowKey("b"), new TaskId("task_a"), "a tester"))
        .isInstanceOf(WrongRowException.class)
        .hasMessageContaining("task_a is that of row a");

    assertThat(world.state("b")).isEqualTo(RowState.IN_DOUBT);
    world.doubts().adopt(new RowKey("b"), new TaskId("task_b"), "a tester");
  }

  @Test
  void aDoubtThatIsResubmittedHoldsThemUntilItHasSucceeded() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.doubt());

    world.doubts().resubmit(List.of(new RowKey("a")), "a tester");
    assertThat(ready()).containsExactly("a", "z");
    succeeded("a");

    assertThat(world.planned("b").source()).hasToString("task_a");
  }

  @Test
  void aDoubtThatIsWrittenOffSkipsThoseThatWait() {
    world.load(CHAIN);
    world.ledger.record(world.send("a"), LedgerWorld.doubt());

    world.doubts().writeOff(List.of(new RowKey("a")), "a tester");

    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.error("c").code()).isEqualTo("source_written_off");
    assertThat(world.error("c").message()).contains("WRITTEN_OFF (timeout: no answer)");
  }

  @Test
  void theOriginIsTheRowAtTheTopHoweverTheChainWasLeft() {
    world.load(CHAIN);
    succeeded("a");
    world.accept("b", "task_b");
    world.succeed("b");
    world.accept("c", "task_c");
    world.fail("c");
    world.again("b");
    world.again("a");
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    assertThat(world.state("b")).isEqualTo(RowState.SKIPPED);

    world.again("c");

    assertThat(world.state("c")).isEqualTo(RowState.SKIPPED);
    assertThat(world.error("c").message()).contains("starts from, a,", "moderation");
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
            new io.reelbatch.model.BatchName("other"),
            "https://gateway.test",
            new AccountName("main"));
    var clock = java.time.InstantSource.fixed(LedgerWorld.NOW);
    Staging staging = new Staging(world.database, clock, other);
    var input = staging.begin("d", "a", "f", java.util.List.of());
    staging.add(input, Csv.of().create("a", "one").remix("b", "a").lines());
    assertThat(
            new StagedCheck(world.database, other, LedgerWorld.CATALOGUE, java.time.LocalDate.EPOCH)
                .errors(input))
        .isEmpty();
    new Activation(world.database, clock, other).activate(input);

    assertThat(world.batches.counts(other).of(RowState.PLANNED)).isEqualTo(2);
    assertThat(world.batches.counts(world.batch).of(RowState.PLANNED)).isEqualTo(1);
    world.accept("a", "task_a");
    world.succeed("a");
    assertThat(world.batches.counts(other).of(RowState.PLANNED)).isEqualTo(2);
  }

  private @org.jspecify.annotations.Nullable String sourceOf(String key) {
    return world.one(
        "select s.row_key from batch_row r join batch_row s on s.id = r.source_row"
            + " where r.row_key = '"
            + key
            + "'");
  }
}
