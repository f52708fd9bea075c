package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.PostgresServer;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the ledger is stopped under a run that sends, and started again. */
class ServerRestartIT {

  /** Ten thousand with {@code -Drestart.rows=10000}: three minutes. */
  private static final int ROWS = Integer.getInteger("restart.rows", 300);

  @Test
  void nothingIsPaidTwiceAndNothingIsLost(@TempDir Path folder) throws Exception {
    try (PostgresServer server = PostgresServer.start();
        BatchWorld world =
            new BatchWorld(
                folder, SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(300)))) {
      List<String> lines = new ArrayList<>(List.of("prompt"));
      for (int i = 0; i < ROWS; i++) {
        lines.add("prompt " + i);
      }
      world
          .csv(lines.toArray(String[]::new))
          .with("spring.datasource.url", server.ledger())
          .with("reelbatch.submit.rate", "60/s");

      CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(world::run);
      for (int sends : List.of(ROWS / 8, ROWS / 2)) {
        while (world.gateway.sends().size() < sends && !running.isDone()) {
          Thread.onSpinWait();
        }
        server.stop();
        server.startAgain();
      }
      RunResult result = running.get();
      for (int i = 0; i < 5 && !result.ending().isComplete(); i++) {
        result = world.run();
      }

      assertThat(result.ending()).isIn(Ending.SUCCEEDED, Ending.IN_DOUBT);
      assertThat(world.sentPrompts()).hasSize(ROWS).doesNotHaveDuplicates();
      List<String> known = world.reported("task_id").stream().filter(id -> !id.isEmpty()).toList();
      assertThat(known).hasSize((int) (ROWS - result.doubts())).doesNotHaveDuplicates();
      assertThat(world.gateway.tasks()).hasSize(ROWS);
    }
  }
}
