package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old things are forgotten by a command of its own, while no run uses the home. */
class PruneProgramIT {

  @TempDir Path folder;

  private final Simulator gateway =
      Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ofHours(1)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whileARunGoesOnNothingIsForgotten() throws Exception {
    Path csv = Files.writeString(folder.resolve("shots.csv"), "prompt\none\n");
    Map<String, String> environment =
        Map.of(
            "REELBATCH_GATEWAY_BASE_URL",
            gateway.baseUrl().toString(),
            "REELBATCH_API_KEY",
            "sk-simulator");

    try (Program run = Program.start(folder, environment, with("run", csv.toString()))) {
      Path status = folder.resolve("home").resolve("status.json");
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!Files.exists(status)) {
        assertThat(System.nanoTime()).as("a minute is over").isLessThan(end);
        Thread.sleep(10);
      }

      assertThat(exit("prune", "--older-than", "90d", "--lock-wait", "0s")).isEqualTo(75);
      run.kill();
    }

    assertThat(exit("prune", "--older-than", "90d", "--dry-run")).isZero();
    assertThat(exit("prune", "--older-than", "90")).isEqualTo(2);
    assertThat(exit("prune", "--older-than", "1h")).isEqualTo(2);
    assertThat(exit("prune")).isEqualTo(2);
    try (Program all = Program.start(folder, Map.of(), with("prune", "--older-than", "90d"))) {
      assertThat(all.exit()).isZero();
      assertThat(all.out())
          .contains("batch shots: 1 row is not settled", "nothing is that old", "MB before");
    }
  }

  private int exit(String... arguments) throws Exception {
    try (Program program = Program.start(folder, Map.of(), with(arguments))) {
      return program.exit();
    }
  }

  private String[] with(String... arguments) {
    return Stream.concat(
            Stream.of(arguments), Stream.of("--home", folder.resolve("home").toString()))
        .toArray(String[]::new);
  }
}
