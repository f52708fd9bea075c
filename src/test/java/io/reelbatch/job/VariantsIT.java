package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that order several rows, played whole; the gateway's log is the judge. */
class VariantsIT {

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
  void aLineIsSentAsOftenAsItSaysAndEachOfItsRowsIsExplained() {
    world.csv("id,prompt,variants", "shot,a kite,3", "b,a dog,", ",a cat,2");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts())
        .containsExactly("a cat", "a cat", "a dog", "a kite", "a kite", "a kite");
    assertThat(world.reported("line")).containsExactly("2", "2", "2", "3", "4", "4");
    assertThat(world.reported("row"))
        .startsWith("shot#1", "shot#2", "shot#3", "b")
        .doesNotHaveDuplicates();
    assertThat(world.reported("task_id")).containsExactlyInAnyOrderElementsOf(tasks());
  }

  @Test
  void moreVariantsSendOnlyTheNewOnesAndFewerSendNothing() {
    world.csv("id,prompt,variants", "shot,a kite,", ",a dog,");
    world.run();

    world
        .with("reelbatch.budget.limit", "4")
        .csv("id,prompt,variants", "shot,a kite,3", ",a dog,2");
    assertThat(world.run().ending()).isEqualTo(Ending.HALTED);
    assertThat(tasks()).hasSize(4);

    world.without("reelbatch.budget.limit").csv("id,prompt,variants", ",a dog,2", "shot,a kite,3");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.paidPrompts()).containsExactly("a dog", "a dog", "a kite", "a kite", "a kite");

    world.csv("id,prompt", "shot,a kite", ",a dog");
    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(tasks()).hasSize(5);
    assertThat(world.reported("row")).hasSize(2);
  }

  @Test
  void aRowStartsFromTheVariantThatItNames() {
    world.csv(
        "id,prompt,variants,operation,source",
        "shot,a kite,2,,",
        "night,at night,,remix,shot#2",
        "day,at noon,,remix,shot");

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    List<String> tasks = world.reported("task_id");
    assertThat(remix("at night").path()).contains(tasks.get(1));
    assertThat(remix("at noon").path()).contains(tasks.get(0));
  }

  @Test
  void failedRunAgainInTheSameBatchOrdersNothingTwice() throws IOException {
    world.csv("id,prompt,variants", "shot,a kite,3", "b,a dog,");
    world.gateway.nextSends(
        Fault.answer(
            400, "{\"error\":{\"message\":\"no\",\"code\":\"content_policy_violation\"}}"));
    world.run();
    Path failed = world.out().resolve("failed.csv");
    assertThat(Files.readAllLines(failed)).containsExactly("id,prompt,variants", "shot,a kite,3");

    Files.copy(failed, world.file(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(world.retryFailed().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(world.paidPrompts()).containsExactly("a dog", "a kite", "a kite", "a kite");
  }

  private List<String> tasks() {
    return world.gateway.sends().stream()
        .map(LoggedRequest::task)
        .filter(Objects::nonNull)
        .toList();
  }

  private LoggedRequest remix(String prompt) {
    return world.gateway.sends().stream()
        .filter(send -> send.body().contains(prompt))
        .findFirst()
        .orElseThrow();
  }
}
