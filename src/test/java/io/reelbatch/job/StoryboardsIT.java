package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Chains of rows, played whole; the gateway's log is the judge. */
class StoryboardsIT {

  @TempDir Path folder;

  @Test
  void aTenthOfTheTasksFailsAndNothingIsSentBelowThem() {
    int boards = 100;
    SimulatorSettings failing =
        SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(30)).withFailShare(0.1);
    try (BatchWorld world = new BatchWorld(folder, failing)) {
      world.with("reelbatch.brakes.first-failures", "0").csv(Storyboards.csv(boards));

      RunResult result = world.run();

      assertThat(result.ending()).isEqualTo(Ending.SOME_FAILED);
      Storyboards.assertEachStartedFromTheOneBefore(world.gateway.sends());
      List<String> sent = world.sentPrompts();
      assertThat(world.reported("row"))
          .hasSize(boards * Storyboards.SHOTS)
          .isEqualTo(world.reported("id"));
      Map<String, String> states = new HashMap<>();
      world.json().forEach(line -> states.put(text(line, "row"), text(line, "state")));
      for (JsonNode line : world.json()) {
        String row = text(line, "row");
        String source = states.getOrDefault(Storyboards.sourceOf(row), "SUCCEEDED");
        if (source.equals("SUCCEEDED")) {
          assertThat(sent).contains(row);
          assertThat(text(line, "state")).isIn("SUCCEEDED", "FAILED");
        } else {
          assertThat(sent).doesNotContain(row);
          assertThat(text(line, "state")).isEqualTo("SKIPPED");
          assertThat(text(line, "error_message")).contains(failedAbove(row, states), "FAILED (");
        }
      }
      assertThat(states.values()).contains("FAILED", "SKIPPED", "SUCCEEDED");
    }
  }

  @Test
  void aRoundOfRetriesTakesWhatWasSkippedAlong() {
    try (BatchWorld world = new BatchWorld(folder)) {
      world.csv(Storyboards.csv(1));
      world.gateway.nextSends(
          io.reelbatch.simulator.Fault.answer(
              400, "{\"error\":{\"message\":\"no\",\"code\":\"content_policy_violation\"}}"));
      world.run();
      assertThat(world.reported("state")).containsOnly("REFUSED", "SKIPPED");

      assertThat(world.retryFailed().ending()).isEqualTo(Ending.SUCCEEDED);

      assertThat(world.reported("state")).containsOnly("SUCCEEDED");
      assertThat(world.paidPrompts()).hasSize(Storyboards.SHOTS);
    }
  }

  private static String failedAbove(String row, Map<String, String> states) {
    String above = Storyboards.sourceOf(row);
    while (!"FAILED".equals(states.get(above))) {
      above = Storyboards.sourceOf(above);
    }
    return above;
  }

  private static String text(JsonNode line, String name) {
    return line.path(name).asString("");
  }
}
