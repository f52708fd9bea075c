package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import io.reelbatch.simulator.Fault;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are ordered once more: by a round, within a run, by name. The gateway's log judges. */
class RetryIT {

  private static final Fault REFUSED =
      Fault.answer(400, "{\"error\":{\"message\":\"no\",\"code\":\"content_policy_violation\"}}");
  private static final Fault BROKEN =
      Fault.answer(200, "{\"status\":\"failed\",\"error\":{\"message\":\"upstream error\"}}");
  private static final Fault UNKNOWN =
      Fault.answer(400, "{\"code\":\"task_not_exist\",\"message\":\"task_not_exist\"}");
  private static final Fault EXPIRED = Fault.answer(200, "{\"status\":\"expired\"}");

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void whatFailedIsOrderedOnceMoreOnlyWhenAskedAndThenNeverAgain() {
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "a,create,one,grok-video-3,,",
        "b,extend,two,,a,1",
        "m,create,bad [sim:moderated],,,");
    world.gateway.nextSends(REFUSED);
    assertThat(world.with("reelbatch.submit.in-flight", "1").run().ending())
        .isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state")).containsExactly("REFUSED", "SKIPPED", "FAILED");
    assertThat(world.run().nothingToDo()).isTrue();

    RunResult retried = world.retryFailed();

    assertThat(retried.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "SUCCEEDED", "FAILED");
    assertThat(world.reported("attempts")).containsExactly("2", "1", "2");
    assertThat(world.sentPrompts()).hasSize(5).containsOnlyOnce("two");
    assertThat(BatchWorld.csvRows(world.out().resolve("failed.csv"))).hasSize(2);

    RunResult nextNight = world.retryFailed();

    assertThat(nextNight.nothingToDo()).isTrue();
    assertThat(nextNight.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.sentPrompts()).hasSize(5);
  }

  @Test
  void aRoundThatWasCutShortGoesOnAndOrdersNoRowTwice() {
    world.csv("prompt", "1", "2", "3").with("reelbatch.submit.in-flight", "1");
    world.with("reelbatch.retry.automatic", "5");
    world.gateway.everySend(REFUSED);
    world.run();
    world.gateway.heal().nextSends(Fault.none(), Fault.answer(402, ""));
    assertThat(world.retryFailed().ending()).isEqualTo(Ending.HALTED);
    assertThat(world.paidPrompts()).containsExactly("1");

    RunResult again = world.retryFailed();

    assertThat(again.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("1", "2", "3");
  }

  @Test
  void aNewFileIsLoadedAndWhatFailedBeforeIsRetriedInOneRun() {
    world.csv("prompt", "one").gateway.nextSends(REFUSED);
    world.run();
    world.csv("prompt", "one", "two");

    assertThat(world.retryFailed().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(world.paidPrompts()).containsExactly("one", "two");
    world.csv("prompt", "one", "two", "three");
    world.retryFailed();
    assertThat(world.paidPrompts()).containsExactly("one", "three", "two");
  }

  @Test
  void aRejectedFileRetriesNothing() {
    world.csv("prompt", "one").gateway.nextSends(REFUSED);
    world.run();
    world.csv("prompt,duration", "one,", "two,99");
    assertThat(world.retryFailed().ending()).isEqualTo(Ending.REJECTED);

    world.csv("prompt", "one");
    world.run();

    assertThat(world.sentPrompts()).containsExactly("one");
  }

  @Test
  void aTaskThatFailsForTheProvidersReasonsIsOrderedAgainWithinTheRunAndItsChildrenWait() {
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "a,create,one,grok-video-3,,",
        "b,extend,two,,a,1");
    world.with("reelbatch.retry.attempts", "3").gateway.nextQueries(BROKEN, BROKEN);

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).containsExactly("one", "one", "one", "two");
    assertThat(world.reported("state")).containsExactly("SUCCEEDED", "SUCCEEDED");
  }

  @Test
  void noRowGetsMoreAttemptsThanAllowedAndOneIsTheDefault() {
    world.csv("id,prompt", "a,broken [sim:fail]");
    world.run();
    assertThat(world.sentPrompts()).hasSize(1);

    world.with("reelbatch.retry.attempts", "2");
    RunResult result = world.retryFailed();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.sentPrompts()).hasSize(3);
    assertThat(world.reported("state")).containsExactly("FAILED");
  }

  @Test
  void aModeratedOrRefusedRowGetsNoSecondAttempt() {
    world.csv("prompt", "bad [sim:moderated]", "worse [sim:refuse]");
    world.with("reelbatch.retry.attempts", "5");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.sentPrompts()).hasSize(2);
  }

  @Test
  void aVideoIsOrderedOnceMoreByNameAndTheOldOneStaysInTheHistory() {
    world.csv("id,prompt", "a,one", "b,two");
    world.run();
    String before = world.reported("task_id").get(0);

    new AgainDesk(world.use(), new BatchName("shots"), "a tester").again(List.of(new RowKey("a")));
    assertThat(world.sentPrompts()).hasSize(2);
    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.run().nothingToDo()).isTrue();
    assertThat(world.paidPrompts()).containsExactly("one", "one", "two");
    assertThat(world.reported("task_id").get(0)).isNotEqualTo(before);
    assertThat(Collections.frequency(world.reported("attempts"), "2")).isEqualTo(1);
    assertThat(world.json().get(0).at("/attempt_history/0/task_id").asString()).isEqualTo(before);
    assertThat(world.json().get(0).at("/attempt_history/1/task_id").asString())
        .isEqualTo(world.reported("task_id").get(0));
    assertThat(world.json().get(0).at("/settlements/0/action").asString()).isEqualTo("again");
  }

  @Test
  void rowsInDoubtAreSentAgainByARunThatIsToldTo() {
    world.csv("prompt", "one").gateway.nextSends(Fault.acceptThenHangUp());
    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.retryFailed().ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.sentPrompts()).hasSize(1);

    RunResult result = world.resubmitDoubts();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("one", "one");
  }

  @Test
  void aLostTaskThatTheGatewayKnowsAgainIsFoundByALaterRun() {
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "a,create,one,grok-video-3,,",
        "b,extend,two,,a,1");
    world.gateway.nextQueries(EXPIRED);
    assertThat(world.run().ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state")).containsExactly("LOST", "SKIPPED");

    RunResult later = world.run();

    assertThat(later.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).containsExactly("one", "two");
  }

  @Test
  void tasksThatStayLostAreAskedAfterOnceADayAndHoldUpNothing() {
    world.csv("prompt", "one", "two", "three").gateway.everyQuery(EXPIRED);
    world.run();
    world.gateway.everyQuery(UNKNOWN);
    RunResult asked = world.run();
    long queries = queries();

    RunResult sameDay = world.run();

    assertThat(asked.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(asked.nothingToDo()).isFalse();
    assertThat(sameDay.nothingToDo()).isTrue();
    assertThat(sameDay.ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(queries()).isEqualTo(queries);
    world.moveTimes("- interval '25' hour", "task.asked_at");
    assertThat(world.run().nothingToDo()).isFalse();
    assertThat(queries()).isGreaterThan(queries);
    assertThat(world.sentPrompts()).hasSize(3);
  }

  @Test
  void aGatewayInTroubleLeavesTheLostToTheNextRun() {
    world.csv("prompt", "one").gateway.everyQuery(EXPIRED);
    world.run();
    world.gateway.everyQuery(Fault.answer(500, "trouble"));
    assertThat(world.run().ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.reported("state")).containsExactly("LOST");
    world.gateway.heal();

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).hasSize(1);
  }

  private long queries() {
    return world.gateway.log().stream().filter(request -> request.method().equals("GET")).count();
  }
}
