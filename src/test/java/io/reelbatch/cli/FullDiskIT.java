package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The disk takes no more in the middle of a run. */
@DisabledOnOs(OS.WINDOWS) // has no ulimit
class FullDiskIT {

  private static final int ROWS = 100;

  @TempDir Path folder;
  private final Simulator gateway =
      Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(200)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aLedgerThatTakesNoMoreStopsTheSendingAndLosesNoTask() throws Exception {
    makeTheLedger(); // which takes more room while it is made than a batch does
    Path csv = csv();

    try (Program full = Program.startWithFullDisk(1500, folder, environment(), arguments(csv))) {
      assertThat(full.exit()).isEqualTo(1);
      assertThat(full.err())
          .containsPattern("the ledger( could not be|'s file (broke|takes no more))")
          .contains("disk has room")
          .doesNotContain("\tat ", "Caused by");
    }
    int before = gateway.sends().size();
    assertThat(before).isBetween(1, ROWS - 1);

    try (Program mended = Program.start(folder, environment(), arguments(csv))) {
      assertThat(mended.exit()).isIn(0, 7);
    }
    List<JsonNode> report = report();
    List<String> known = report.stream().map(line -> line.path("task_id").asString("")).toList();
    long doubts =
        report.stream().filter(line -> line.path("state").asString().equals("IN_DOUBT")).count();
    assertThat(gateway.sends().stream().map(FullDiskIT::prompt)).doesNotHaveDuplicates();
    // An intent that reached the disk, though nobody could say so, never left: in doubt as well.
    assertThat((long) gateway.sends().size()).isBetween(ROWS - doubts, (long) ROWS);
    assertThat(gateway.tasks().stream().filter(task -> !known.contains(task)).count())
        .isLessThanOrEqualTo(doubts)
        .isLessThanOrEqualTo(8);
  }

  private void makeTheLedger() throws Exception {
    try (Simulator other =
        Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ZERO))) {
      Path one = Files.writeString(folder.resolve("one.csv"), "prompt\nthe first\n");
      Map<String, String> environment = new HashMap<>(environment());
      environment.put("REELBATCH_GATEWAY_BASE_URL", other.baseUrl().toString());
      try (Program program = Program.start(folder, environment, arguments(one))) {
        assertThat(program.exit()).isZero();
      }
    }
  }

  private static String prompt(LoggedRequest request) {
    return JsonMapper.shared().readTree(request.body()).path("prompt").asString();
  }

  private List<JsonNode> report() throws IOException {
    return Files.readAllLines(folder.resolve("shots-results").resolve("results.jsonl")).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private Path csv() throws IOException {
    String rows =
        IntStream.range(0, ROWS).mapToObj(i -> "row " + i).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("shots.csv"), "prompt\n" + rows + "\n");
  }

  private String[] arguments(Path csv) {
    return new String[] {
      "run",
      csv.toString(),
      "--home",
      folder.resolve("home").toString(),
      "--rate",
      "60/s",
      "--max-active",
      "100"
    };
  }

  private Map<String, String> environment() {
    return Map.of(
        "REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString(),
        "REELBATCH_GATEWAY_ANSWER_TIMEOUT", "5s", // and half a minute, if it cannot end by itself
        "REELBATCH_API_KEY", "sk-simulator",
        "REELBATCH_POLL_FIRST", "100ms",
        "REELBATCH_POLL_INTERVAL", "100ms",
        "REELBATCH_POLL_RATE", "200/s");
  }
}
