package io.reelbatch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.LedgerException;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.pacing.Side;
import io.reelbatch.pacing.StopCause;
import io.reelbatch.simulator.Fault;
import io.reelbatch.submit.PlayedStep;
import io.reelbatch.submit.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.BatchStatus;

@Timeout(60)
class PollStepTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Fault UNKNOWN =
      Fault.answer(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\"}");
  private static final String NO_KEY = "{\"error\":{\"message\":\"无效的令牌\",\"type\":\"x\"}}";

  private World world;
  private Asking asking;

  @BeforeEach
  void open(@TempDir Path home) {
    world = new World(home);
    asking = Asking.afterSending(world, 8);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aTaskIsAskedAfterUntilItIsDoneAndThenNoMore() {
    accepted("kite");
    var step = asking.start();

    pass(Asking.FIRST, 1);
    pass(Asking.INTERVAL, 2);
    pass(World.TASK_TIME, 3);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.taskColumn("kite", "link")).startsWith("http://127.0.0.1:");
    assertThat(world.taskColumn("kite", "polls")).isEqualTo("3");
    assertThat(queries()).isEqualTo(3);
  }

  @Test
  void aTaskIsNotAskedAfterBeforeItsTime() {
    accepted("kite");
    var step = asking.start();

    world.pass(Asking.FIRST.minus(SECOND));
    world.letStepsLookAround();
    assertThat(queries()).isZero();
    world.pass(SECOND);
    awaitQueries(1);
    world.pass(Asking.INTERVAL.minus(SECOND));
    world.letStepsLookAround();

    assertThat(queries()).isEqualTo(1);
    stop(step);
  }

  @Test
  void aWallClockThatJumpsBackHoldsNoPoll() {
    accepted("kite");
    world.clock.pass(Duration.ofHours(-1)); // the task is from an hour ahead
    var step = asking.start();
    world.letStepsLookAround();

    pass(Asking.FIRST, 1);
    world.clock.pass(Duration.ofHours(-1));
    pass(Asking.INTERVAL, 2);
    world.clock.pass(Duration.ofHours(2)); // the simulator goes by the same clock
    pass(World.TASK_TIME, 3);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
  }

  @Test
  void aFailedTaskEndsItsRowInTheGatewaysWords() {
    accepted("[sim:fail] kite");
    var step = asking.start();

    pass(World.TASK_TIME, 1);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("[sim:fail] kite")).isEqualTo(RowState.FAILED);
    assertThat(world.taskColumn("[sim:fail] kite", "error_message")).isNotBlank();
  }

  static Stream<Fault> trouble() {
    return Stream.of(
        Fault.hangUp(),
        Fault.answer(200, "{}"),
        Fault.answer(200, "<html>hello</html>"),
        Fault.answer(403, "<html>firewall</html>"),
        Fault.answer(429, "{\"code\":\"busy\",\"message\":\"later\"}"),
        Fault.answer(500, ""),
        Fault.answer(502, "<html>Bad Gateway</html>"),
        Fault.acceptThenCutAnswer());
  }

  @ParameterizedTest
  @MethodSource("trouble")
  void anyTroubleOfTheNetworkIsOnlyAReasonToAskAgain(Fault fault) {
    accepted("kite");
    world.provider().everyQuery(fault);
    var step = asking.start();
    for (int poll = 1; poll <= 4; poll++) {
      pass(World.TASK_TIME, poll);
    }
    assertThat(world.state("kite")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.taskColumn("kite", "status")).isNull();

    world.provider().heal();
    world.pass(Duration.ofHours(2));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
  }

  @Test
  void aWaitThatTheGatewayAsksForHoldsAllPolls() {
    accepted("a", "b");
    world
        .provider()
        .nextQueries(Fault.answer(429, Map.of("Retry-After", "300"), "{\"code\":\"busy\"}"));
    asking = Asking.afterSending(world, 1);
    var step = asking.start();
    world.pass(World.TASK_TIME);
    awaitQueries(1);
    world.await(() -> !asking.throttle.pause().isZero());
    int before = queries();

    world.pass(Duration.ofSeconds(299));
    world.letStepsLookAround();
    assertThat(queries()).isEqualTo(before);
    world.pass(Duration.ofSeconds(100));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.ledger().counts().of(RowState.SUCCEEDED)).isEqualTo(2);
  }

  @Test
  void aPollThatChangedNothingWritesNothing() {
    accepted("[sim:stuck] kite");
    var step = asking.start();
    pass(Asking.FIRST, 1);
    assertThat(world.taskColumn("[sim:stuck] kite", "polls")).isEqualTo("1");
    assertThat(world.taskColumn("[sim:stuck] kite", "percent")).isEqualTo("42");

    for (int poll = 2; poll <= 6; poll++) {
      pass(Asking.INTERVAL, poll);
    }

    assertThat(world.taskColumn("[sim:stuck] kite", "polls")).isEqualTo("1");
    stop(step);
  }

  @Test
  void whatNeverChangesEndsThePatience() {
    accepted("[sim:stuck] kite");
    var step = asking.start();
    pass(Asking.FIRST, 1);
    world.pass(Duration.ofDays(2));
    awaitQueries(2);
    awaitIdle();

    world.pass(Duration.ofDays(1));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(asking.control.stopped()).contains(StopCause.PATIENCE);
    assertThat(world.state("[sim:stuck] kite")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void whatChangesRenewsThePatience() {
    accepted("kite", "[sim:stuck] kite");
    var step = asking.start();
    world.pass(Duration.ofDays(2));
    world.await(() -> world.state("kite") == RowState.SUCCEEDED);
    awaitIdle();

    world.pass(Duration.ofDays(2));
    world.letStepsLookAround();

    assertThat(asking.control.stopped()).isEmpty();
    stop(step);
  }

  @Test
  void anUnknownIdMeansNothingWhileItIsYoung() {
    accepted("kite");
    world.provider().everyQuery(UNKNOWN);
    var step = asking.start();

    world.pass(Asking.FIRST);
    awaitIdleAfterQueries(1);
    world.pass(Asking.INTERVAL);
    awaitIdleAfterQueries(2);

    assertThat(world.taskColumn("kite", "unknown_since")).isNull();
    assertThat(asking.control.halted()).isEmpty();
    stop(step);
  }

  @Test
  void anIdThatStaysUnknownWhileOthersAreKnownIsLost() {
    accepted("[sim:vanish] kite", "[sim:stuck] other");
    var step = asking.start();
    world.pass(World.TASK_TIME);
    world.await(() -> world.taskColumn("[sim:vanish] kite", "unknown_since") != null);
    world.await(() -> world.taskColumn("[sim:stuck] other", "status") != null);
    awaitIdle();

    int before = queries();
    world.pass(Asking.LOST_AFTER.minus(SECOND));
    awaitIdleAfterQueries(before + 2);
    assertThat(world.state("[sim:vanish] kite")).isEqualTo(RowState.ACCEPTED);
    world.pass(Asking.INTERVAL);

    world.await(() -> world.state("[sim:vanish] kite") == RowState.LOST);
    assertThat(world.state("[sim:stuck] other")).isEqualTo(RowState.ACCEPTED);
    stop(step);
  }

  @Test
  void aKeyThatKnowsNoneOfTheTasksIsOfAnotherAccount() {
    accepted("a", "b", "c", "d");
    world.provider().everyQuery(UNKNOWN);
    asking = Asking.afterSending(world, 1);
    var step = asking.start();

    world.pass(Duration.ofDays(2));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(asking.control.halted().orElseThrow().cause()).isEqualTo(HaltCause.ACCOUNT);
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(4);
  }

  @Test
  void aKeyThatKnewOneTaskIsOfTheRightAccount() {
    accepted("[sim:stuck] known", "a", "b", "c");
    world.provider().nextQueries(Fault.none()).everyQuery(UNKNOWN);
    asking = Asking.afterSending(world, 1);
    var step = asking.start();

    world.pass(World.TASK_TIME);
    world.await(() -> world.taskColumn("c", "unknown_since") != null);
    awaitIdle();

    assertThat(asking.control.halted()).isEmpty();
    stop(step);
  }

  @Test
  void troubleNeitherShowsTheRightAccountNorTheWrongOne() {
    accepted("a", "b", "c");
    world
        .provider()
        .nextQueries(Fault.answer(502, ""), Fault.answer(502, ""), Fault.answer(502, ""))
        .everyQuery(UNKNOWN);
    asking = Asking.afterSending(world, 1);
    var step = asking.start();
    world.pass(World.TASK_TIME);
    awaitIdleAfterQueries(3);
    assertThat(asking.control.halted()).isEmpty();

    world.pass(Asking.INTERVAL);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(asking.control.halted().orElseThrow().cause()).isEqualTo(HaltCause.ACCOUNT);
  }

  @Test
  void aRefusedKeyStopsAllAndTheRowsStayAsTheyAre() {
    accepted("a", "b", "c");
    world.provider().everyQuery(Fault.answer(401, NO_KEY));
    asking = Asking.afterSending(world, 1);
    var step = asking.start();

    world.pass(World.TASK_TIME);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(asking.control.halted().orElseThrow().cause()).isEqualTo(HaltCause.KEY);
    assertThat(queries()).isEqualTo(1);
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(3);
  }

  @Test
  void anEmptyAccountDoesNotKeepWhatIsPaidForFromBeingAskedAfter() {
    accepted("kite");
    asking.control.halt(HaltCause.BALANCE, Reason.of("quota", "used up"));
    var step = asking.start();

    world.pass(World.TASK_TIME);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
  }

  @Test
  void aFinishedTaskWithoutALinkIsAskedAgainAFewTimesAndThenIsDone() {
    accepted("[sim:no-link] kite");
    var step = asking.start();

    pass(World.TASK_TIME, 1);
    assertThat(world.state("[sim:no-link] kite")).isEqualTo(RowState.ACCEPTED);
    for (int again = 1; again <= Asking.NO_LINK_POLLS; again++) {
      pass(Asking.INTERVAL, 1 + again);
    }

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(queries()).isEqualTo(1 + Asking.NO_LINK_POLLS);
    assertThat(world.state("[sim:no-link] kite")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.taskColumn("[sim:no-link] kite", "error_code")).isEqualTo("no_link");
  }

  @Test
  void whatIsAcceptedMeanwhileIsFoundWithoutBeingTold() {
    accepted("kite");
    world.plan("kite", "late");
    var step = asking.start();
    pass(Asking.FIRST, 1);

    sendAllPlanned();
    world.pass(World.TASK_TIME);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
    assertThat(world.state("late")).isEqualTo(RowState.SUCCEEDED);
  }

  @Test
  void theStepWaitsForTheSendingToBeOver() {
    asking = Asking.whileSending(world);
    var step = asking.start();
    world.letStepsLookAround();
    assertThat(step.hasEnded()).isFalse();
    accepted("kite");
    world.pass(World.TASK_TIME);
    world.await(() -> world.state("kite") == RowState.SUCCEEDED);
    world.letStepsLookAround();
    assertThat(step.hasEnded()).isFalse();

    asking.control.ended(Side.SUBMIT);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(asking.control.isOver(Side.POLL)).isTrue();
  }

  @Test
  void tasksThatAnEarlierRunSentAreAskedAfterAtOnce() {
    accepted("kite");
    world.pass(World.TASK_TIME);

    var step = asking.start();

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
  }

  @Test
  void aNightWithoutARunSaysNothingOfHowLongTasksTake() {
    accepted("a", "b", "c", "d", "e", "f");
    var effort = world.ledger().openTasks(0, 1).tasks().get(0).effort();
    world.pass(Duration.ofHours(8));
    asking = Asking.afterSending(world, 8);

    assertThat(asking.start().status()).isEqualTo(BatchStatus.COMPLETED);

    assertThat(world.state("a")).isEqualTo(RowState.SUCCEEDED);
    assertThat(asking.times.firstPoll(effort)).isEqualTo(Asking.FIRST);
  }

  @Test
  void aRowThatLeftTheFileIsStillAskedAfterBecauseItIsPaidFor() {
    accepted("kite");
    world.plan("another");
    sendAllPlanned();
    world.pass(World.TASK_TIME);

    asking.start().status();

    assertThat(world.state("kite")).isEqualTo(RowState.SUCCEEDED);
  }

  @Test
  void aDateThatWasSetBackDoesNotHoldTheFirstPoll() {
    accepted("kite");
    world.clock.pass(Duration.ofDays(-30));
    var step = asking.start();
    world.letStepsLookAround();
    assertThat(queries()).isZero();

    world.time.pass(Asking.FIRST);

    awaitQueries(1);
    stop(step);
  }

  @Test
  void aDateThatWasSetBackNeverMakesAnUnknownIdLost() {
    accepted("[sim:vanish] kite", "[sim:stuck] other");
    world.provider().everyQuery(UNKNOWN);
    world.clock.pass(Duration.ofDays(-30));
    var step = asking.start();
    world.letStepsLookAround();

    for (int poll = 0; poll < 5; poll++) {
      int before = queries();
      world.pass(Duration.ofHours(1));
      awaitIdleAfterQueries(before + 2);
    }

    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(2);
    assertThat(asking.control.halted()).isEmpty();
    stop(step);
  }

  @Test
  void aStopAwaitsWhatIsUnderWayAndRecordsIt() {
    accepted("a", "b");
    world.pass(World.TASK_TIME);
    var held = world.holdRequests();
    asking = Asking.afterSending(world, 1);
    var step = asking.start();
    world.await(() -> held.arrived() == 1);

    asking.control.stop(StopCause.SIGNAL);
    world.letStepsLookAround();
    assertThat(step.hasEnded()).isFalse();
    held.release();

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.ledger().counts().of(RowState.SUCCEEDED)).isEqualTo(1);
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(1);
  }

  @Test
  void aStopWithNothingLeftToAskAfterIsAnOrdinaryEnd() {
    asking = Asking.whileSending(world);
    asking.control.stop(StopCause.SIGNAL);

    assertThat(asking.start().status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void neverMorePollsAreUnderWayThanAllowed() {
    accepted("a", "b", "c", "d", "e");
    world.pass(World.TASK_TIME);
    var held = world.holdRequests();
    asking = Asking.afterSending(world, 2);
    var step = asking.start();
    world.await(() -> held.arrived() == 2);

    world.letStepsLookAround();

    assertThat(held.arrived()).isEqualTo(2);
    held.release();
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(queries()).isEqualTo(5);
  }

  @Test
  void anAnswerThatTheLedgerDoesNotTakeFailsTheStepWhenAllAreIn() {
    accepted("a", "b");
    world.pass(World.TASK_TIME);
    var held = world.holdRequests();
    asking = Asking.afterSending(world, 2);
    var step = asking.start();
    world.await(() -> held.arrived() == 2);

    world.ledger().close();
    held.release();

    assertThat(step.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(step.failure()).hasRootCauseInstanceOf(LedgerException.class);
    assertThat(asking.control.halted().orElseThrow().cause()).isEqualTo(HaltCause.LEDGER);
    assertThat(asking.inFlight.running()).isZero();
    assertThat(world.state("a")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void permitsThatNoTaskNeedsAreGivenBack() throws Exception {
    accepted("a");
    world.pass(World.TASK_TIME);
    int before = asking.throttle.take(10_000);
    asking.throttle.giveBack(before);

    PollWindow window = Objects.requireNonNull(asking.reader.read());

    assertThat(window.tasks()).hasSize(1);
    assertThat(asking.throttle.take(10_000)).isEqualTo(before - 1);
  }

  @Test
  void aWindowIsNeverEmpty() {
    assertThatThrownBy(() -> new PollWindow(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a window has tasks");
  }

  @Test
  void aStepWithAllPollsUnderWayLooksAFewTimesASecondAndNotAThousandTimes() {
    accepted("a", "b");
    world.pass(World.TASK_TIME);
    var held = world.holdRequests();
    asking = Asking.afterSending(world, 1);
    var step = asking.start();
    world.await(() -> held.arrived() == 1);

    long looks = world.time.looks();
    long began = System.nanoTime();
    world.await(() -> world.time.looks() > looks + 20);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(300));
    held.release();
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
  }

  private void accepted(String... prompts) {
    world.plan(prompts);
    sendAllPlanned();
  }

  /** Plays the submit step. */
  private void sendAllPlanned() {
    for (var attempt : world.ledger().intend(world.ledger().planned(100))) {
      SendOutcome outcome = world.gateway.send(attempt.order(), attempt.source());
      world.ledger().record(attempt, outcome);
    }
  }

  private void pass(Duration duration, int queries) {
    world.pass(duration);
    awaitIdleAfterQueries(queries);
  }

  private void awaitIdleAfterQueries(int queries) {
    awaitQueries(queries);
    awaitIdle();
  }

  private void awaitIdle() {
    world.await(() -> asking.inFlight.running() == 0);
  }

  private void awaitQueries(int n) {
    world.await(() -> queries() >= n);
  }

  private int queries() {
    return world.provider().log().size() - world.provider().sends().size();
  }

  private void stop(PlayedStep step) {
    asking.control.stop(StopCause.SIGNAL);
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
  }
}
