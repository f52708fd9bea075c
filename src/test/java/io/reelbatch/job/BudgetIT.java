package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.HaltCause;
import io.reelbatch.simulator.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cap lets through; the gateway's log is the judge. */
class BudgetIT {

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder).csv("prompt", "1", "2", "3", "4", "5", "6", "7", "8");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aBudgetIsNeverExceededAndGoesOnWhenRaised() {
    world
        .with("reelbatch.prices.pro.model", "sora-2-pro")
        .with("reelbatch.prices.pro.price", "0.8")
        .with("reelbatch.budget.batch", "2.5 USD");

    RunResult first = world.run();

    assertThat(first.ending()).isEqualTo(Ending.HALTED);
    assertThat(halted(first)).isEqualTo(HaltCause.BUDGET);
    assertThat(world.gateway.tasks()).hasSize(3);
    assertThat(world.reported("cost").subList(0, 4))
        .containsExactly("0.80 USD", "0.80 USD", "0.80 USD", "");
    assertThat(first.spent()).hasToString("[Spent[charged=2.4 USD, open=0 USD]]");
    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);
    assertThat(world.gateway.tasks()).hasSize(3);

    assertThat(world.with("reelbatch.budget.batch", "10 USD").run().ending())
        .isEqualTo(Ending.SUCCEEDED);
    assertThat(world.gateway.tasks()).hasSize(8);
  }

  @Test
  void whatIsInDoubtCountsAsSpent() {
    world
        .with("reelbatch.prices.all.price", "1")
        .with("reelbatch.budget.currency", "CNY")
        .with("reelbatch.budget.batch", "3")
        .with("reelbatch.submit.in-flight", "1");
    world.gateway.nextSends(Fault.acceptThenHangUp());

    assertThat(world.run().doubts()).isEqualTo(1);

    assertThat(world.gateway.sends()).hasSize(3);
  }

  @Test
  void aPilotSendsSoManyAndTheSameCommandWithoutItGoesOn() {
    world.with("reelbatch.budget.limit", "2");

    RunResult pilot = world.run();

    assertThat(pilot.ending()).isEqualTo(Ending.HALTED);
    assertThat(halted(pilot)).isEqualTo(HaltCause.LIMIT);
    assertThat(world.gateway.tasks()).hasSize(2);
    assertThat(world.reported("state").subList(0, 3))
        .containsExactly("SUCCEEDED", "SUCCEEDED", "PLANNED");
    assertThat(world.without("reelbatch.budget.limit").run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.gateway.tasks()).hasSize(8);
  }

  @Test
  void aPriceThatIsNotKnownStopsTheSendingUnderACap() {
    world
        .with("reelbatch.prices.other.model", "another-model")
        .with("reelbatch.prices.other.price", "1")
        .with("reelbatch.budget.batch", "100 USD");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.HALTED);
    assertThat(halted(result)).isEqualTo(HaltCause.PRICE);
    assertThat(world.gateway.sends()).isEmpty();
  }

  @Test
  void anAmountThatCannotBeReadIsSaidBeforeAnythingIsSent() {
    RunResult result = world.with("reelbatch.budget.batch", "lots").run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("lots", "20 USD");
    assertThat(world.gateway.sends()).isEmpty();
  }

  @Test
  void pricesWithoutACurrencyAreRefused() {
    RunResult result = world.with("reelbatch.prices.all.price", "1").run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("reelbatch.budget.currency");
  }

  private static HaltCause halted(RunResult result) {
    var halted = result.halted();
    if (halted == null) {
      throw new AssertionError("nothing halted");
    }
    return halted.cause();
  }
}
