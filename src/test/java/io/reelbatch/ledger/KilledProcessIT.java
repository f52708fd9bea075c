package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Promises 1 and 2 against a real kill -9: what was acknowledged is found. */
class KilledProcessIT {

  private static final int ROWS = 1000;
  private static final int LINES_UNTIL_DEATH = 600;

  @RepeatedTest(3)
  void whatTheLedgerAcknowledgedSurvivesAKill(@TempDir Path home) throws Exception {
    try (LedgerWorld world = LedgerWorld.open(home)) {
      Csv csv = Csv.of();
      for (int i = 0; i < ROWS; i++) {
        csv.create("r" + i, "prompt " + i);
      }
      assertThat(world.load(csv)).isEmpty();
    }

    List<String> acknowledged = runUntilKilled(home);

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(LINES_UNTIL_DEATH);
    try (LedgerWorld world = LedgerWorld.open(home)) {
      List<String> attempts =
          world.sql().queryForList("select 'intended ' || row_id from attempt", String.class);
      List<String> tasks =
          world.sql().queryForList("select 'accepted ' || row_id from task", String.class);
      assertThat(attempts)
          .containsAll(acknowledged.stream().filter(line -> line.startsWith("intended")).toList());
      assertThat(tasks)
          .containsAll(acknowledged.stream().filter(line -> line.startsWith("accepted")).toList());
      // What was under way and not answered: at most the window.
      assertThat(world.recover()).isLessThanOrEqualTo(3);
    }
  }

  private static List<String> runUntilKilled(Path home) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingWriter.class.getName(),
                home.toString(),
                LedgerWorld.url(home))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      while (line != null) {
        // Logging goes to standard output as well here.
        if (line.startsWith("intended ") || line.startsWith("accepted ")) {
          lines.add(line);
        }
        if (lines.size() == LINES_UNTIL_DEATH) {
          process.toHandle().destroyForcibly(); // kill -9; the output can still be read
        }
        line = output.readLine();
      }
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return lines;
  }
}
