package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Path said = home.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingWriter.class.getName(),
                home.toString(),
                LedgerWorld.url(home))
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    while (process.isAlive() && lines(said).size() < LINES_UNTIL_DEATH) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    return lines(said);
  }

  /** What was said in full; the last line may have been cut by the kill. */
  private static List<String> lines(Path said) throws IOException {
    String text = Files.readString(said);
    // Logging goes to standard output as well here.
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith("intended ") || line.startsWith("accepted "))
        .toList();
  }
}
