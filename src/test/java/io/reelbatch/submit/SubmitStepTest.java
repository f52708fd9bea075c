package io.reelbatch.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.LedgerException;
import io.reelbatch.ledger.PlannedRow;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Side;
import io.reelbatch.pacing.StopCause;
import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.infrastructure.item.Chunk;

@Timeout(60)
class SubmitStepTest {

  private static final String BUSY = "{\"code\":\"busy\",\"message\":\"later\",\"data\":null}";
  private static final String NO_KEY = "{\"error\":{\"message\":\"无效的令牌\",\"type\":\"x\"}}";

  private Path home;
  private World world;

  @BeforeEach
  void open(@TempDir Path dir) {
    home = dir;
    world = new World(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyPlannedRowIsSentOnceAndTheStepEndsWhenAllAnswersAreStored() {
    world.planMany(30);

    var status = new Sending(world).start().status();

    assertThat(status).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.sentPrompts()).hasSize(30).doesNotHaveDuplicates();
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(30);
    assertThat(world.provider().tasks()).hasSize(30);
    for (LoggedRequest send : world.provider().sends()) {
      String key = send.body().replaceAll(".*\"prompt\":\"([^\"]*)\".*", "$1");
      assertThat(world.taskColumn(key, "task_id")).isEqualTo(send.task());
    }
  }

  @Test
  void withNothingPlannedTheStepIsOverAtOnce() {
    var sending = new Sending(world);

    assertThat(sending.start().status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(sending.control.isOver(Side.SUBMIT)).isTrue();
  }

  @Test
  void theIntentIsOnDiskBeforeItsRequestLeaves() {
    world.plan("a red kite");
    Queue<String> onDisk = new ConcurrentLinkedQueue<>();
    world.whenARequestArrives(() -> onDisk.addAll(world.attemptsOnDisk()));

    new Sending(world).start().status();

    assertThat(onDisk).containsExactly("a red kite SENDING unanswered");
    assertThat(world.outcome("a red kite")).isEqualTo("ACCEPTED");
  }

  static Stream<Fault> lostAnswers() {
    return Stream.of(
        Fault.acceptThenHangUp(),
        Fault.acceptThenCutAnswer(),
        Fault.acceptThenAnswer(200, "{}"),
        Fault.acceptThenAnswer(502, "<html>Bad Gateway</html>"),
        Fault.answer(500, ""),
        Fault.hangUp());
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void aSendWhoseAnswerIsLostIsInDoubtAndNeverRepeated(Fault fault) {
    world.plan("a red kite");
    world.provider().nextSends(fault);

    for (int run = 0; run < 3; run++) {
      assertThat(new Sending(world).start().status()).isEqualTo(BatchStatus.COMPLETED);
      world.pass(Duration.ofHours(1));
      world.restart();
    }

    assertThat(world.provider().sends()).hasSize(1);
    assertThat(world.state("a red kite")).isEqualTo(RowState.IN_DOUBT);
    assertThat(world.attempts("a red kite")).isEqualTo(1);
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsADoubtAndNoRefusal(@TempDir Path other) {
    var settings = SimulatorSettings.defaults();
    try (var impatient = new World(other, settings, Duration.ofMillis(500))) {
      impatient.plan("a red kite");
      impatient.provider().nextSends(Fault.acceptThenSilence(Duration.ofSeconds(30)));

      new Sending(impatient).start().status();
      new Sending(impatient).start().status();

      assertThat(impatient.state("a red kite")).isEqualTo(RowState.IN_DOUBT);
      assertThat(impatient.provider().sends()).hasSize(1);
    }
  }

  @Test
  void aRowBeingSentWhenTheProcessDiesIsNeverSentAgain() {
    world.plan("a red kite", "a blue kite");
    var sending = new Sending(world);
    List<PlannedRow> rows = world.ledger().planned(1);
    world.ledger().intend(rows);

    world.restart();
    new Sending(world).start().status();

    assertThat(sending.control.halted()).isEmpty();
    assertThat(world.sentPrompts()).containsExactly("a blue kite");
    assertThat(world.state("a red kite")).isEqualTo(RowState.IN_DOUBT);
  }

  @Test
  void aRowThatNeverLeftIsSentAgainAfterABackOff() {
    world.plan("a red kite");
    world.takeProviderAway();
    var sending = new Sending(world);
    var step = sending.start();
    world.await(() -> world.outcome("a red kite").equals("NOT_SENT"));
    world.await(() -> !sending.throttle.pause().isZero());
    assertThat(world.state("a red kite")).isEqualTo(RowState.PLANNED);
    world.bringProviderBack();

    world.letStepsLookAround();
    assertThat(world.provider().sends()).isEmpty();
    world.pass(Duration.ofSeconds(2));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.sentPrompts()).containsExactly("a red kite");
    assertThat(world.attempts("a red kite")).isEqualTo(2);
  }

  @Test
  void aRowThatIsToWaitWaitsAndIsSentAgain() {
    world.plan("a red kite", "a blue kite");
    world.provider().nextSends(busyFor(30));
    var sending = new Sending(world, 1, 100);
    var step = sending.start();
    world.await(() -> world.outcome("a red kite").equals("DEFERRED"));

    world.letStepsLookAround();
    world.pass(Duration.ofSeconds(29));
    world.letStepsLookAround();
    assertThat(world.sentPrompts()).containsExactly("a red kite");
    world.pass(Duration.ofSeconds(9));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.sentPrompts()).containsExactly("a red kite", "a red kite", "a blue kite");
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(2);
  }

  @Test
  void thePauseHoldsBeforeTheRowIsPlannedAgain() {
    world.plan("a red kite");
    world.provider().nextSends(busyFor(30));
    var sending = new Sending(world);
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    world.whenTheLedgerHasCommitted(
        () -> {
          if (world.outcome("a red kite").equals("DEFERRED") && sending.throttle.pause().isZero()) {
            wrong.add("the row may be sent again, and nothing holds it back");
          }
        });

    var step = sending.start();
    world.await(() -> world.outcome("a red kite").equals("DEFERRED"));
    world.letStepsLookAround();
    world.whenTheLedgerHasCommitted(() -> {});
    world.pass(Duration.ofMinutes(1));
    step.status();

    assertThat(wrong).isEmpty();
  }

  @Test
  void aRefusedRowIsNotSentAgainAndTheOthersGoOn() {
    world.plan("[sim:refuse] a", "b");

    var status = new Sending(world).start().status();
    new Sending(world).start().status();

    assertThat(status).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.provider().sends()).hasSize(2);
    assertThat(world.state("[sim:refuse] a")).isEqualTo(RowState.REFUSED);
    assertThat(world.state("b")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void aKeyThatIsNotAcceptedStopsAllSending() {
    world.planMany(10);
    world.provider().everySend(Fault.answer(401, NO_KEY));
    var sending = new Sending(world, 1, 100);

    assertThat(sending.start().status()).isEqualTo(BatchStatus.COMPLETED);

    assertThat(world.provider().sends()).hasSize(1);
    assertThat(sending.control.halted().orElseThrow().cause()).isEqualTo(HaltCause.KEY);
    assertThat(world.state("1")).isEqualTo(RowState.PLANNED);
    assertThat(world.ledger().counts().of(RowState.PLANNED)).isEqualTo(10);
  }

  @Test
  void sendingHasHaltedBeforeTheRowIsPlannedAgain() {
    world.plan("a red kite");
    world.provider().nextSends(Fault.answer(401, NO_KEY));
    var sending = new Sending(world);
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    world.whenTheLedgerHasCommitted(
        () -> {
          if (world.outcome("a red kite").equals("HALTED") && sending.control.halted().isEmpty()) {
            wrong.add("the row may be sent again, and nothing holds it back");
          }
        });

    sending.start().status();

    assertThat(wrong).isEmpty();
    assertThat(world.provider().sends()).hasSize(1);
  }

  @Test
  void afterAHaltTheSameCommandSendsTheSameRow() {
    world.plan("a red kite");
    world.provider().nextSends(Fault.answer(402, ""));
    assertThat(new Sending(world).start().status()).isEqualTo(BatchStatus.COMPLETED);

    assertThat(new Sending(world).start().status()).isEqualTo(BatchStatus.COMPLETED);

    assertThat(world.state("a red kite")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.provider().tasks()).hasSize(1);
  }

  @Test
  void neverMoreRequestsAreUnderWayThanAllowed(@TempDir Path other) {
    var latency = Duration.ofMillis(60);
    var settings = SimulatorSettings.defaults().withLatency(latency);
    try (var slow = new World(other, settings)) {
      slow.planMany(24);
      List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());
      slow.whenARequestArrives(() -> arrivals.add(System.nanoTime()));

      new Sending(slow, 4, 1_000).start().status();

      // An answer leaves no sooner than the latency after its request came: the fifth request of
      // any five must have come later than that.
      assertThat(arrivals).hasSize(24);
      List<Long> sorted = arrivals.stream().sorted().toList();
      for (int i = 4; i < sorted.size(); i++) {
        assertThat(sorted.get(i) - sorted.get(i - 4)).isGreaterThanOrEqualTo(latency.toNanos());
      }
    }
  }

  @Test
  void requestsAreUnderWayTogetherUpToTheLimit() {
    world.planMany(9);
    var held = world.holdRequests();
    var sending = new Sending(world, 4, 1_000);
    var step = sending.start();

    // The provider takes one order at a time into its books, but all may wait at its door.
    world.await(() -> held.arrived() == 4);
    world.letStepsLookAround();

    assertThat(held.arrived()).isEqualTo(4);
    assertThat(world.ledger().counts().of(RowState.SENDING)).isEqualTo(4);
    held.release();
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.provider().sends()).hasSize(9);
  }

  @Test
  void theGatewayNeverWorksOnMoreTasksThanAllowed() {
    world.planMany(7);
    var sending = new Sending(world, 8, 3);
    var step = sending.start();

    for (int settled = 1; settled <= 7; settled++) {
      int expected = Math.min(7, settled + 2);
      world.await(() -> world.ledger().counts().of(RowState.PLANNED) == 7 - expected);
      world.await(() -> world.ledger().counts().of(RowState.SENDING) == 0);
      if (expected < 7) {
        world.letStepsLookAround();
      }
      assertThat(world.provider().sends()).hasSize(expected);
      world.settle(String.valueOf(settled), RowEvent.SUCCEEDED);
    }

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void tasksOfEarlierRunsCountAsActive() {
    world.planMany(4);
    new Sending(world).start().status();
    world.plan("1", "2", "3", "4", "new");
    var step = new Sending(world, 8, 4).start();

    world.letStepsLookAround();
    assertThat(world.state("new")).isEqualTo(RowState.PLANNED);
    world.settle("1", RowEvent.FAILED);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("new")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void aRowThatStartsFromAnotherGoesWhenThatOneHasSucceeded() {
    world.plan(World.create("kite"), World.remix("kite at night", "kite"));
    var step = new Sending(world).start();
    world.await(() -> world.state("kite") == RowState.ACCEPTED);
    world.letStepsLookAround();
    assertThat(world.sentPrompts()).containsExactly("kite");

    world.pass(World.TASK_TIME);
    world.settle("kite", RowEvent.SUCCEEDED);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.sentPrompts()).containsExactly("kite", "kite at night");
    assertThat(world.state("kite at night")).isEqualTo(RowState.ACCEPTED);
    assertThat(world.provider().sends().get(1).path())
        .isEqualTo("/v1/videos/" + world.taskColumn("kite", "task_id") + "/remix");
  }

  @Test
  void aRowWhoseSourceFailsIsNeverSentAndTheStepEnds() {
    world.plan(
        World.create("kite"),
        World.remix("kite at night", "kite"),
        World.remix("x", "kite at night"));
    var step = new Sending(world).start();
    world.await(() -> world.state("kite") == RowState.ACCEPTED);

    world.settle("kite", RowEvent.FAILED);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.provider().sends()).hasSize(1);
    assertThat(world.state("kite at night")).isEqualTo(RowState.SKIPPED);
    assertThat(world.state("x")).isEqualTo(RowState.SKIPPED);
  }

  @Test
  void aRowWhoseSourceIsRefusedIsSkippedWithoutWaiting() {
    world.plan(World.create("[sim:refuse]"), World.remix("night", "[sim:refuse]"));

    assertThat(new Sending(world).start().status()).isEqualTo(BatchStatus.COMPLETED);

    assertThat(world.state("night")).isEqualTo(RowState.SKIPPED);
  }

  @Test
  void aRowWhoseSourceIsInDoubtIsNotWaitedForSinceOnlyAPersonCanSettleThat() {
    world.plan(World.create("[sim:hang-up]"), World.remix("night", "[sim:hang-up]"));

    assertThat(new Sending(world).start().status()).isEqualTo(BatchStatus.COMPLETED);

    assertThat(world.state("night")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void nobodyWaitsForASourceThatNobodyAsksAfter() {
    world.plan(World.create("kite"), World.remix("night", "kite"));
    var sending = new Sending(world);
    var step = sending.start();
    world.await(() -> world.state("kite") == RowState.ACCEPTED);
    world.letStepsLookAround();
    assertThat(step.hasEnded()).isFalse();

    sending.control.ended(Side.POLL);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("night")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void nobodyWaitsForRoomThatNobodyMakes() {
    world.planMany(5);
    var sending = new Sending(world, 8, 3);
    var step = sending.start();
    world.await(() -> world.ledger().counts().of(RowState.ACCEPTED) == 3);

    sending.control.ended(Side.POLL);

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.provider().sends()).hasSize(3);
    assertThat(world.ledger().counts().of(RowState.PLANNED)).isEqualTo(2);
  }

  @Test
  void aStopAwaitsWhatIsUnderWayAndSendsNothingMore() {
    world.planMany(6);
    var held = world.holdRequests();
    var sending = new Sending(world, 2, 1_000);
    var step = sending.start();
    world.await(() -> held.arrived() == 2);

    sending.control.stop(StopCause.SIGNAL);
    world.letStepsLookAround();
    assertThat(step.hasEnded()).isFalse();
    held.release();

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.provider().sends()).hasSize(2);
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(2);
    assertThat(world.ledger().counts().of(RowState.PLANNED)).isEqualTo(4);
  }

  @Test
  void aStopWithNothingLeftToSendIsAnOrdinaryEnd() {
    world.plan("a red kite");
    var sending = new Sending(world);
    var held = world.holdRequests();
    var step = sending.start();
    world.await(() -> held.arrived() == 1);

    sending.control.stop(StopCause.SIGNAL);
    held.release();

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(world.state("a red kite")).isEqualTo(RowState.ACCEPTED);
  }

  @Test
  void anAnswerThatTheLedgerDoesNotTakeIsRescuedAndFailsTheStepWhenAllAreIn() throws Exception {
    world.planMany(6);
    var held = world.holdRequests();
    var sending = new Sending(world, 2, 1_000);
    var step = sending.start();
    world.await(() -> held.arrived() == 2);

    world.ledger().close();
    held.release();

    assertThat(step.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(step.failure()).hasRootCauseInstanceOf(LedgerException.class);
    assertThat(sending.control.halted().orElseThrow().cause()).isEqualTo(HaltCause.LEDGER);
    assertThat(world.provider().sends()).hasSize(2);
    assertThat(sending.inFlight.running()).isZero();
    assertThat(Files.readString(home.resolve("rescue")))
        .contains(world.provider().tasks().get(0))
        .contains(world.provider().tasks().get(1));
  }

  @Test
  void aFailureIsThrownOnlyWhenAllThatIsUnderWayIsIn() {
    world.planMany(2);
    var held = world.holdRequests();
    var sending = new Sending(world, 2, 1_000);
    var step = sending.start();
    world.await(() -> held.arrived() == 2);

    sending.inFlight.fail(new IllegalStateException("something else broke"));
    world.letStepsLookAround();
    assertThat(step.hasEnded()).isFalse();
    held.release();

    assertThat(step.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(step.failure()).hasRootCauseMessage("something else broke");
    assertThat(world.ledger().counts().of(RowState.ACCEPTED)).isEqualTo(2);
  }

  @Test
  void withoutAnIntentOnDiskNothingIsSent() throws Exception {
    world.planMany(2);
    var sending = new Sending(world);
    SubmitWindow window = Objects.requireNonNull(sending.reader.read());
    world.sql("update batch_row set version = version + 1 where row_key = '2'");

    sending.writer.write(Chunk.of(window));

    assertThat(world.provider().log()).isEmpty();
    assertThat(world.state("1")).isEqualTo(RowState.PLANNED);
    assertThatThrownBy(sending.reader::read)
        .isInstanceOf(LedgerException.class)
        .hasMessage("row 2 was moved by somebody else; it was not sent");
  }

  @Test
  void aRequestThatCannotBeMadeFailsTheStepAndIsNotSent() throws Exception {
    world.plan("a red kite");
    var sending = new Sending(world);
    PlannedRow row = world.ledger().planned(1).get(0);
    var sourceless =
        new PlannedRow(
            row.id(),
            row.key(),
            row.version(),
            0,
            World.remix("x", "y").order(),
            null,
            row.account());

    Kind kind = Kind.of(sourceless.order());
    var departure =
        new Departure(
            sourceless, kind, sending.rates.reserve(kind), sending.active.leave(0), () -> {});
    sending.writer.write(Chunk.of(new SubmitWindow(List.of(departure))));
    world.await(() -> sending.inFlight.failure().isPresent());

    assertThatThrownBy(sending.reader::read).isInstanceOf(IllegalArgumentException.class);
    assertThat(world.provider().log()).isEmpty();
  }

  @Test
  void aWindowIsNeverEmpty() {
    assertThatThrownBy(() -> new SubmitWindow(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a window has rows");
  }

  @Test
  void permitsThatNoRowNeedsAreGivenBack() throws Exception {
    world.plan(World.create("kite"), World.remix("night", "kite"));
    var sending = new Sending(world, 8, 1_000);
    int before = sending.throttle.take(10_000);
    sending.throttle.giveBack(before);

    SubmitWindow window = Objects.requireNonNull(sending.reader.read());

    assertThat(window.departures()).hasSize(1);
    assertThat(sending.throttle.take(10_000)).isEqualTo(before - 1);
  }

  @Test
  void whatWentThroughMakesTheNextBackOffSmallAndCountsAsProgress() {
    world.plan("a red kite");
    var sending = new Sending(world);
    sending.throttle.hold(null);
    world.pass(Duration.ofMinutes(119));

    sending.start().status();

    sending.throttle.hold(null);
    assertThat(sending.throttle.pause()).isLessThan(Duration.ofMillis(1_251));
    world.pass(Duration.ofMinutes(119));
    assertThat(sending.control.stopped()).isEmpty();
  }

  @Test
  void aRowThatOnlyEverWaitsIsNoProgress() {
    world.plan("a red kite");
    world.provider().everySend(busyFor(3_000));
    var sending = new Sending(world);
    var step = sending.start();
    world.await(() -> world.attempts("a red kite") == 1);
    world.await(() -> world.outcome("a red kite").equals("DEFERRED"));
    world.pass(Duration.ofMinutes(70));
    world.await(() -> world.attempts("a red kite") == 2);
    world.await(() -> world.outcome("a red kite").equals("DEFERRED"));

    world.pass(Duration.ofMinutes(50));

    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(sending.control.stopped()).contains(StopCause.PATIENCE);
  }

  @Test
  void aStepThatWaitsForRoomLooksAFewTimesASecondAndNotAThousandTimes() {
    world.planMany(2);
    var sending = new Sending(world, 8, 1);
    var step = sending.start();
    world.await(() -> world.ledger().counts().of(RowState.ACCEPTED) == 1);
    world.await(() -> sending.inFlight.running() == 0);

    long looks = world.time.looks();
    long began = System.nanoTime();
    world.await(() -> world.time.looks() > looks + 15);

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(300));
    sending.control.stop(StopCause.SIGNAL);
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void aRateThatTheGatewayTellsSlowsTheSendingDown() {
    world.plan("a red kite");
    world.provider().nextSends(Fault.answer(429, Map.of("x-ratelimit-limit-requests", "60"), BUSY));
    var sending = new Sending(world, 1, 100);
    var step = sending.start();
    world.await(() -> world.outcome("a red kite").equals("DEFERRED"));

    assertThat(sending.throttle.interval()).isEqualTo(Duration.ofSeconds(1));
    sending.control.stop(StopCause.SIGNAL);
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void refusalsThatMayBeAboutTheRateHoldAllAfterTheThird() {
    world.plan("a red kite");
    var busy = Fault.answer(429, BUSY);
    world.provider().nextSends(busy, busy, busy);
    var sending = new Sending(world, 1, 100);
    var step = sending.start();
    for (int sent = 1; sent < 3; sent++) {
      int posts = sent;
      world.await(() -> world.sentPrompts().size() == posts);
      world.await(() -> sending.inFlight.running() == 0);
      assertThat(sending.throttle.pause()).isZero();
      world.pass(Duration.ofSeconds(2));
    }

    world.await(() -> !sending.throttle.pause().isZero());
    assertThat(world.sentPrompts()).hasSize(3);
    sending.control.stop(StopCause.SIGNAL);
    assertThat(step.status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void aRequestThatMeetsAPauseBeforeItLeavesIsKeptBack() throws Exception {
    world.plan("a red kite");
    var sending = new Sending(world);
    SubmitWindow window = Objects.requireNonNull(sending.reader.read());
    sending.throttle.hold(Duration.ofSeconds(5));

    sending.writer.write(Chunk.of(window));
    world.await(() -> sending.inFlight.running() == 0);

    assertThat(world.provider().log()).isEmpty();
    assertThat(world.outcome("a red kite")).isEqualTo("NOT_SENT");
    assertThat(world.state("a red kite")).isEqualTo(RowState.PLANNED);
  }

  private static Fault busyFor(int seconds) {
    return Fault.answer(429, Map.of("Retry-After", String.valueOf(seconds)), BUSY);
  }
}
