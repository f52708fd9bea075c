package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where batches stand, asked from another shell than that of the run. */
class StatusProgramIT {

  @TempDir Path folder;

  private final Simulator gateway =
      Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ofHours(1)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void whileARunGoesOnItsBatchIsShownAndAfterAKillTheLedger() throws Exception {
    Path csv = Files.writeString(folder.resolve("shots.csv"), "prompt\none\ntwo\n");
    Map<String, String> environment =
        Map.of(
            "REELBATCH_GATEWAY_BASE_URL",
            gateway.baseUrl().toString(),
            "REELBATCH_API_KEY",
            "sk-simulator");

    try (Program run =
        Program.start(folder, environment, with("run", csv.toString(), "--rate", "50/s"))) {
      untilPublished("ACCEPTED");
      JsonNode shots = json("status", "shots", "--json");
      assertThat(shots.at("/run/pid").asLong()).isEqualTo(run.pid());
      assertThat(shots.at("/run/ended_at").isNull()).isTrue();
      assertThat(shots.path("states").properties()).isNotEmpty();

      assertThat(said("status", "shots")).contains("batch shots", "process " + run.pid(), "ago");
      assertThat(said("batches")).contains("shots  2 rows: ", "a run goes on", "other batches");
      assertThat(json("status", "--json").path("complete").asBoolean()).isFalse();
      try (Program other = Program.start(folder, Map.of(), with("status", "clips"))) {
        assertThat(other.exit()).isEqualTo(75);
        assertThat(other.err()).contains("a run of batch shots goes on", "clips");
      }
      run.kill();
    }

    assertThat(said("status", "shots")).contains("no run goes on", "was killed or could not write");
    JsonNode all = json("batches", "--json");
    assertThat(all.path("complete").asBoolean()).isTrue();
    assertThat(all.at("/batches/0/batch").asString()).isEqualTo("shots");
    assertThat(all.at("/batches/0/run/ending").asString()).isEqualTo("killed");
    try (Program unknown = Program.start(folder, Map.of(), with("status", "clips"))) {
      assertThat(unknown.exit()).isEqualTo(2);
      assertThat(unknown.err()).contains("no batch clips");
    }
  }

  private void untilPublished(String word) throws Exception {
    Path status = folder.resolve("home").resolve("status.json");
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.exists(status) || !Files.readString(status).contains(word)) {
      assertThat(System.nanoTime()).as("a minute is over").isLessThan(end);
      Thread.sleep(10);
    }
  }

  private JsonNode json(String... arguments) throws InterruptedException {
    return JsonMapper.shared().readTree(said(arguments));
  }

  /** Without any key. */
  private String said(String... arguments) throws InterruptedException {
    try (Program program = Program.start(folder, Map.of(), with(arguments))) {
      assertThat(program.exit()).as(program.err()).isZero();
      return program.out();
    }
  }

  private String[] with(String... arguments) {
    return Stream.concat(
            Stream.of(arguments), List.of("--home", folder.resolve("home").toString()).stream())
        .toArray(String[]::new);
  }
}
