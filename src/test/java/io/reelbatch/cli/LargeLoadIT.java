package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a load does not hold what the lines say. */
class LargeLoadIT {

  private static final int LINES = 200_000;

  @TempDir Path folder;

  @Test
  void twoHundredThousandLinesAreLoadedWithEightyMegabytes() throws Exception {
    String lines =
        IntStream.range(0, LINES)
            .mapToObj(i -> "\"A red kite over snowy hills, take " + i + ", slow dolly in\",sora-2")
            .collect(Collectors.joining("\n"));
    Path csv = Files.writeString(folder.resolve("shots.csv"), "prompt,model\n" + lines + "\n");
    try (Simulator gateway = Simulator.start(SimulatorSettings.defaults());
        Program program =
            Program.start(
                folder,
                Map.of(
                    "REELBATCH_JAVA_OPTS", "-Xmx80m",
                    "REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString(),
                    "REELBATCH_API_KEY", "sk-simulator"),
                "run",
                csv.toString(),
                "--limit",
                "1",
                "--home",
                folder.resolve("home").toString())) {
      while (program.isRunning() && gateway.sends().isEmpty()) {
        Thread.sleep(20);
      }
      assertThat(gateway.sends()).as(program.err()).hasSize(1);
    }
  }
}
