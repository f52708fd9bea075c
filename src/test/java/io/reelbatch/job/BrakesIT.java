package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a systematic fault costs; the gateway's log is the judge. */
class BrakesIT {

  private static final int ROWS = 500;

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(300)));
    world.csv(
        Stream.concat(
                Stream.of("model,prompt"),
                IntStream.range(0, ROWS).mapToObj(i -> "sora-2,row " + i))
            .toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aGatewayThatLosesEveryAnswerCostsThreeDoubtsThenOneARun() {
    world.gateway.everySend(Fault.answer(502, "<html>Bad Gateway</html>"));

    RunResult first = world.run();
    assertThat(first.ending()).isEqualTo(Ending.HALTED);
    assertThat(first.doubts()).isEqualTo(3);
    assertThat(first.paused()).hasSize(1);
    assertThat(world.gateway.sends()).hasSize(3);

    RunResult second = world.run();
    assertThat(second.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.sentPrompts()).hasSize(4).doesNotHaveDuplicates();

    world.gateway.everySend(Fault.none());
    RunResult mended = world.with("reelbatch.submit.max-active", "200").run();
    assertThat(mended.ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.sentPrompts()).hasSize(ROWS).doesNotHaveDuplicates();
  }

  @Test
  void aModelWhoseTasksAllFailCostsFiveThenOneARun() {
    world.csv(
        Stream.concat(
                Stream.of("model,prompt"),
                IntStream.range(0, ROWS).mapToObj(i -> "sora-2,[sim:fail] row " + i))
            .toArray(String[]::new));

    RunResult first = world.run();
    assertThat(first.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.gateway.tasks()).hasSize(5);
    assertThat(world.reported("state").subList(0, 6))
        .containsExactly("FAILED", "FAILED", "FAILED", "FAILED", "FAILED", "PLANNED");

    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);
    assertThat(world.gateway.tasks()).hasSize(6);
  }

  @Test
  void rowsThatAreOrderedOnceMoreDoNotMakeTheBrakesForget() {
    world.csv(
        Stream.concat(
                Stream.of("model,prompt"),
                IntStream.range(0, 20).mapToObj(i -> "sora-2,[sim:fail] row " + i))
            .toArray(String[]::new));
    world.with("reelbatch.retry.attempts", "3");
    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);
    assertThat(world.gateway.tasks()).hasSize(5);

    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);
    assertThat(world.gateway.tasks()).hasSize(6);
  }

  @Test
  void doubtsThatAreSentAgainDoNotMakeTheBrakesForget() {
    world.gateway.everySend(Fault.answer(502, "<html>Bad Gateway</html>"));
    assertThat(world.run().doubts()).isEqualTo(3);

    assertThat(world.resubmitDoubts().ending()).isEqualTo(Ending.HALTED);

    assertThat(world.gateway.sends()).hasSize(4);
  }

  @Test
  void attemptsThatAreNoLongerWantedAreNotPaidFor() {
    world.csv(
        Stream.concat(
                Stream.of("model,prompt"),
                IntStream.range(0, 20).mapToObj(i -> "sora-2,[sim:fail] row " + i))
            .toArray(String[]::new));
    world.with("reelbatch.retry.attempts", "3");
    world.run();

    world.without("reelbatch.retry.attempts").run();

    assertThat(world.sentPrompts()).hasSize(6).doesNotHaveDuplicates();
    assertThat(world.reported("state").subList(0, 5)).containsOnly("FAILED");
  }

  @Test
  void aSystematicRefusalCostsOneRowOfItsKindAndTheOtherKindsGoOn() {
    world.csv("model,prompt", "sora-2,a", "sora-2,b", "sora-2-pro,c", "sora-2-pro,d");
    world.gateway.everySendOf(
        "sora-2",
        Fault.answer(400, "{\"error\":{\"message\":\"size is wrong\",\"code\":\"bad\"}}"));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.reported("state"))
        .containsExactly("REFUSED", "PLANNED", "SUCCEEDED", "SUCCEEDED");
    world.gateway.heal();
    assertThat(world.run().ending()).isEqualTo(Ending.SOME_FAILED);
    assertThat(world.paidPrompts()).containsExactly("b", "c", "d");
  }

  @Test
  void aModelWithoutAChannelIsGivenUpAndTheOthersGoOn() {
    world.csv("model,prompt", "sora-2,a", "sora-2,b", "sora-2-pro,c", "sora-2-pro,d");
    world.with("reelbatch.brakes.model-unavailable", "2");
    world.gateway.everySendOf(
        "sora-2", Fault.answer(503, "{\"error\":{\"message\":\"当前分组下对于模型 sora-2 无可用渠道\"}}"));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.reported("state"))
        .containsExactly("PLANNED", "PLANNED", "SUCCEEDED", "SUCCEEDED");
    assertThat(world.gateway.sends()).hasSize(4);
    assertThat(result.paused().values().toString()).contains("无可用渠道");
  }
}
