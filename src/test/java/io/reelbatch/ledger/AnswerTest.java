package io.reelbatch.ledger;

import static io.reelbatch.ledger.LedgerWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.Video;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 2: a paid id is stored whatever has happened to its row. */
class AnswerTest {

  LedgerWorld world;

  @BeforeEach
  void aBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").remix("b", "a").remix("c", "b"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anAcceptedRowIsAboutItsTask() {
    world.accept("a", "task_1");

    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.task("a")).isEqualTo("task_1");
    assertThat(world.openTask("a").task().value()).isEqualTo("task_1");
    assertThat(world.one("select outcome from attempt")).isEqualTo("ACCEPTED");
    assertThat(world.one("select request_id from attempt")).isEqualTo("req-1");
  }

  @Test
  void anAnswerIsThereAfterTheDatabaseWasOpenedAgain() {
    world.accept("a", "task_1");

    world = world.reopened();

    assertThat(world.openTask("a").task().value()).isEqualTo("task_1");
  }

  @ParameterizedTest
  @EnumSource(
      value = RowState.class,
      names = {"INVALID"},
      mode = EnumSource.Mode.EXCLUDE)
  void aPaidIdIsStoredWhateverStateItsRowIsIn(RowState state) {
    Attempt attempt = world.send("a");
    world.force("a", state);

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.tasks("a")).containsExactly("task_1");
    assertThat(world.one("select outcome from attempt")).isEqualTo("ACCEPTED");
    assertThat(world.state("a"))
        .isEqualTo(
            switch (state) {
              case PLANNED, SENDING, IN_DOUBT, WRITTEN_OFF -> RowState.ACCEPTED;
              default -> state;
            });
    assertThat(world.ledger.counts()).isEqualTo(world.batches.counts(world.batch));
  }

  @Test
  void aLateIdOfARowInDoubtIsPolled() {
    Attempt attempt = world.send("a");
    world.ledger.record(attempt, LedgerWorld.doubt());

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.openTask("a").task().value()).isEqualTo("task_1");
    assertThat(world.report("a").error()).isNull();
  }

  @Test
  void aSecondIdIsKeptBesideTheFirstAndTheRowStaysAboutTheFirst() {
    Attempt attempt = world.accept("a", "task_1");

    world.ledger.record(attempt, accepted("task_2"));

    assertThat(world.tasks("a")).containsExactly("task_1", "task_2");
    assertThat(world.task("a")).isEqualTo("task_1");
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void aSecondIdOfAFinishedRowDoesNotHideItsVideo() {
    Attempt attempt = world.accept("a", "task_1");
    world.succeed("a");

    world.ledger.record(attempt, accepted("task_2"));

    assertThat(world.tasks("a")).containsExactly("task_1", "task_2");
    assertThat(world.report("a").task()).hasToString("task_1");
    assertThat(world.report("a").finishedAt()).isNotNull();
  }

  @Test
  void bothIdsOfARowSentTwiceAreKept() {
    Attempt first = world.send("a");
    world.ledger.record(first, LedgerWorld.doubt());
    world.force("a", RowState.PLANNED);
    Attempt second = world.send("a");

    world.ledger.record(first, accepted("task_1"));
    world.ledger.record(second, accepted("task_2"));

    assertThat(second.number()).isEqualTo(2);
    assertThat(world.tasks("a")).containsExactly("task_1", "task_2");
    assertThat(world.openTask("a").task().value()).isEqualTo("task_1");
  }

  @Test
  void aRowThatIsPaidForAfterAllBringsBackThoseThatWaitForIt() {
    Attempt attempt = world.send("a");
    world.ledger.record(attempt, LedgerWorld.doubt());
    world.force("a", RowState.WRITTEN_OFF);
    world.load(Csv.of().create("a", "one").remix("b", "a").remix("c", "b"));
    assertThat(world.rows(RowState.SKIPPED)).isEqualTo(2);

    world.ledger.record(attempt, accepted("task_1"));

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(2);
    assertThat(world.ledger.planned(10)).isEmpty();
    world.succeed("a");
    assertThat(world.planned("b").source()).hasToString("task_1");
  }

  @Test
  void anAnswerThatIsNoIdMovesOnlyTheRowItWasReadFor() {
    Attempt attempt = world.send("a");
    world.force("a", RowState.WRITTEN_OFF);

    world.ledger.record(attempt, LedgerWorld.refused());

    assertThat(world.state("a")).isEqualTo(RowState.WRITTEN_OFF);
    assertThat(world.one("select outcome from attempt")).isEqualTo("REFUSED");
  }

  @Test
  void eachOutcomeMovesTheRowAsTheLifecycleSays() {
    Reason reason = Reason.of("why", "because");
    for (SendOutcome outcome :
        List.of(
            new SendOutcome.NotSent(reason),
            LedgerWorld.deferred(),
            new SendOutcome.Halt(HaltCause.KEY, reason, LedgerWorld.ANSWER))) {
      world.ledger.record(world.send("a"), outcome);
      assertThat(world.state("a")).isEqualTo(RowState.PLANNED);
    }

    assertThat(
            world.sql().queryForList("select outcome from attempt order by number", String.class))
        .containsExactly("NOT_SENT", "DEFERRED", "HALTED");
    assertThat(world.planned("a").attempts()).isEqualTo(3);
  }

  @Test
  void whatWasHeardOfATaskIsKept() {
    world.accept("a", "task_1");
    OpenTask task = world.openTask("a");
    Video video =
        new Video(
            URI.create("https://cdn.test/a.mp4"),
            URI.create("https://cdn.test/a.jpg"),
            LedgerWorld.NOW.plusSeconds(60));
    TaskFacts working = new TaskFacts("queued", 7, null, null, 1, LedgerWorld.NOW, "{\"q\":1}");

    world.ledger.record(task, working, null);
    OpenTask again = world.openTask("a");
    world.ledger.record(
        again, new TaskFacts("done", 100, video, null, 2, null, "{\"q\":2}"), RowEvent.SUCCEEDED);

    assertThat(again.percent()).isEqualTo(7);
    assertThat(again.unknownSince()).isEqualTo(LedgerWorld.NOW);
    assertThat(again.version()).isEqualTo(task.version());
    ReportLine line = world.report("a");
    assertThat(line.link()).isEqualTo("https://cdn.test/a.mp4");
    assertThat(line.linkExpiresAt()).isEqualTo(LedgerWorld.NOW.plusSeconds(60));
    assertThat(line.polls()).isEqualTo(2);
    assertThat(line.raw()).isEqualTo("{\"q\":2}");
    assertThat(world.ledger.openTasks(0, 10).tasks()).isEmpty();
  }

  @Test
  void whatWasHeardOfAMovedRowIsKeptAsWell() {
    world.accept("a", "task_1");
    OpenTask task = world.openTask("a");
    world.force("a", RowState.LOST);

    world.ledger.record(task, LedgerWorld.facts("done"), RowEvent.SUCCEEDED);

    assertThat(world.state("a")).isEqualTo(RowState.LOST);
    assertThat(world.one("select status from task")).isEqualTo("done");
    assertThat(world.one("select finished_at from task")).isNotNull();
  }

  @Test
  void anExpiryThatCannotBeMeantIsNoReasonToForgetTheRest() {
    world.accept("a", "task_1");
    Video video = new Video(URI.create("https://cdn.test/a.mp4"), null, Instant.MAX);

    world.ledger.record(
        world.openTask("a"),
        new TaskFacts("done", 100, video, null, 1, null, "{}"),
        RowEvent.SUCCEEDED);

    assertThat(world.report("a").link()).isEqualTo("https://cdn.test/a.mp4");
    assertThat(world.report("a").linkExpiresAt()).isNull();
  }

  @Test
  void openTasksComeInOrderAndByPage() {
    world.load(Csv.of().create("a", "one").create("d", "two").create("e", "three"));
    world.accept("d", "task_d");
    world.accept("a", "task_a");
    world.accept("e", "task_e");

    List<OpenTask> first = world.ledger.openTasks(0, 2).tasks();

    assertThat(first).extracting(task -> task.key().value()).containsExactly("d", "a");
    assertThat(world.ledger.openTasks(first.get(1).id(), 2).tasks())
        .extracting(task -> task.key().value())
        .containsExactly("e");
  }

  @Test
  void tasksThatEndedBeforeTheOldestOpenOneNeedNotBeLookedAt() {
    world.load(Csv.of().create("a", "one").create("d", "two").create("e", "three"));
    world.accept("d", "task_d");
    world.accept("a", "task_a");
    world.succeed("d");

    assertThat(world.ledger.openTasks(world.ledger.beforeOpenTasks(), 1).tasks())
        .extracting(task -> task.key().value())
        .containsExactly("a");
    world.succeed("a");
    long before = world.ledger.beforeOpenTasks();
    world.accept("e", "task_e");
    assertThat(world.ledger.openTasks(before, 1).tasks())
        .extracting(task -> task.key().value())
        .containsExactly("e");
  }

  @Test
  void openTasksAreThoseOfTheBatchAlone() {
    world.accept("a", "task_1");
    BatchRecord other =
        world.batches.open(
            new io.reelbatch.model.BatchName("other"),
            "https://gateway.test",
            new AccountName("main"));

    try (Ledger ledger =
        new Ledger(
            world.database,
            java.time.InstantSource.fixed(LedgerWorld.NOW),
            other,
            1,
            io.reelbatch.model.Terms.NONE,
            world.rescue,
            () -> {})) {
      assertThat(ledger.openTasks(0, 10).tasks()).isEmpty();
      assertThat(ledger.planned(10)).isEmpty();
      assertThat(ledger.counts().all()).isZero();
    }
  }
}
