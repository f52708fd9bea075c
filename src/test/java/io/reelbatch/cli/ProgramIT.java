package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelbatch.job.Storyboards;
import io.reelbatch.ledger.TestLedger;
import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged program, started, stopped and killed as a process; the gateway's log is the judge.
 */
class ProgramIT {

  private static final int IN_FLIGHT = 8;
  private static final int ROWS = 120;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Simulator gateway;

  ProgramIT() {
    gateway =
        Simulator.start(
            SimulatorSettings.defaults()
                .withTaskTime(Duration.ofMillis(300))
                .withLatency(Duration.ofMillis(100)));
  }

  @BeforeEach
  void environment() {
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString());
    environment.put("REELBATCH_API_KEY", "sk-simulator");
    environment.put("REELBATCH_POLL_FIRST", "200ms");
    environment.put("REELBATCH_POLL_INTERVAL", "100ms");
    environment.put("REELBATCH_POLL_RATE", "200/s");
    TestLedger.settings(folder.resolve("home"))
        .forEach((name, value) -> environment.put("SPRING_DATASOURCE_URL", value));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void killedTwiceItPaysForNoRowTwiceAndNamesEveryDoubt() throws Exception {
    assertThatKilledTwiceItPaysForNoneTwice(csv(ROWS));
  }

  @Test
  void killedTwiceAtAServiceOfOpenAIsFormItPaysForNoRowTwiceEither() throws Exception {
    Files.writeString(
        folder.resolve("application.yml"),
        """
        reelbatch:
          models:
            sora-2-2025-12-08:
              endpoint: openai
              create:
                seconds: {values: "4, 8", fallback: "8"}
        """);
    environment.put("SPRING_CONFIG_ADDITIONAL_LOCATION", folder.toUri().toString());
    environment.put("REELBATCH_RUN_CREATE_MODEL", "sora-2-2025-12-08");

    assertThatKilledTwiceItPaysForNoneTwice(csv(ROWS));

    assertThat(gateway.sends()).allMatch(send -> send.path().equals("/v1/videos"));
  }

  private void assertThatKilledTwiceItPaysForNoneTwice(Path csv) throws Exception {
    killAfter(ROWS / 3, csv);
    killAfter(2 * ROWS / 3, csv);
    try (Program last = run(csv)) {
      int exit = last.exit();

      List<String> prompts = gateway.sends().stream().map(ProgramIT::prompt).toList();
      List<Map<String, String>> report = report();
      Set<String> known = new HashSet<>();
      long doubts = 0;
      for (Map<String, String> line : report) {
        known.add(line.getOrDefault("task_id", ""));
        doubts += "IN_DOUBT".equals(line.get("state")) ? 1 : 0;
      }
      assertThat(prompts).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(ROWS);
      assertThat(report).hasSize(ROWS);
      assertThat(doubts).isLessThanOrEqualTo(2L * IN_FLIGHT);
      assertThat(gateway.tasks().stream().filter(task -> !known.contains(task)).count())
          .isLessThanOrEqualTo(doubts);
      assertThat(exit).isEqualTo(doubts > 0 ? 7 : 0);
    }
  }

  @Test
  void killedTwiceInTheMiddleOfChainsItPaysForNoShotTwiceAndForNoneBeforeItsSource()
      throws Exception {
    Path csv =
        Files.write(
            folder.resolve("shots.csv"), List.of(Storyboards.csv(ROWS / Storyboards.SHOTS)));

    killAfter(ROWS / 3, csv);
    killAfter(2 * ROWS / 3, csv);
    try (Program last = run(csv)) {
      int exit = last.exit();

      Storyboards.assertEachStartedFromTheOneBefore(gateway.sends());
      List<Map<String, String>> report = report();
      Map<String, String> states = new HashMap<>();
      report.forEach(line -> states.put(line.getOrDefault("row", ""), line.get("state")));
      long doubts = states.values().stream().filter("IN_DOUBT"::equals).count();
      assertThat(states).hasSize(ROWS).hasSameSizeAs(report);
      assertThat(doubts).isLessThanOrEqualTo(2L * IN_FLIGHT);
      states.forEach(
          (row, state) ->
              assertThat(state)
                  .as(row)
                  .isIn(
                      states
                              .getOrDefault(Storyboards.sourceOf(row), "SUCCEEDED")
                              .equals("SUCCEEDED")
                          ? Set.of("SUCCEEDED", "IN_DOUBT")
                          : Set.of("PLANNED")));
      assertThat(exit).isEqualTo(doubts > 0 ? 7 : 0);
    }
  }

  @Test
  void aSignalLetsItAwaitItsAnswersAndTheNextStartGoesOn() throws Exception {
    Path csv = csv(60);
    try (Program first = run(csv)) {
      until(() -> gateway.sends().size() >= 20);
      first.terminate();

      assertThat(first.exit()).isEqualTo(6);
      assertThat(first.err()).contains("signal", "Run the same command again");
    }

    try (Program second = run(csv)) {
      assertThat(second.exit()).isZero();
    }
    assertThat(gateway.tasks()).hasSize(60);
    assertThat(gateway.sends().stream().map(ProgramIT::prompt)).doesNotHaveDuplicates();
    assertThat(report()).extracting(line -> line.get("state")).containsOnly("SUCCEEDED");
  }

  @Test
  void aKilledRetryRoundGoesOnAndOrdersEachOfItsRowsOnceMore() throws Exception {
    int rows = 60;
    Path csv = csv(rows);
    gateway.everySend(
        Fault.answer(
            400, "{\"error\":{\"message\":\"no\",\"code\":\"content_policy_violation\"}}"));
    try (Program first = run(csv)) {
      assertThat(first.exit()).isEqualTo(3);
    }
    gateway.heal();
    environment.put("REELBATCH_RETRY_AUTOMATIC", "9");

    try (Program program = run(csv, "--retry-failed")) {
      until(() -> gateway.sends().size() >= rows + rows / 2 || !program.isRunning());
      program.kill();
    }
    try (Program program = run(csv, "--retry-failed")) {
      assertThat(program.exit()).isIn(0, 7);
      assertThat(program.out()).contains("the last round is not finished");
    }
    int sends = gateway.sends().size();
    try (Program program = run(csv, "--retry-failed")) {
      assertThat(program.exit()).isIn(0, 7);
      assertThat(program.out() + program.err()).contains("nothing to retry", "nothing to do");
    }

    List<Map<String, String>> doubts =
        report().stream().filter(line -> "IN_DOUBT".equals(line.get("state"))).toList();
    assertThat(doubts).hasSizeLessThanOrEqualTo(IN_FLIGHT);
    assertThat(gateway.sends()).hasSize(sends);
    assertThat(sends).isBetween(2 * rows - doubts.size(), 2 * rows);
    assertThat(gateway.sends().stream().filter(send -> send.task() != null).map(ProgramIT::prompt))
        .doesNotHaveDuplicates();
  }

  @Test
  void aSecondRunOnTheSameHomeSaysSoInOneLine() throws Exception {
    notOnAServer(); // where a check sees what is paid for
    Path csv = csv(ROWS);
    try (Program first = run(csv)) {
      until(() -> !gateway.sends().isEmpty());
      try (Program second = run(csv, "--lock-wait", "0s")) {
        assertThat(second.exit()).isEqualTo(75);
        assertThat(second.out()).isEmpty();
        assertThat(second.err().strip().lines()).hasSize(1).first().asString().contains("in use");
      }
      try (Program check =
          Program.start(
              folder,
              environment,
              "check",
              csv.toString(),
              "--home",
              folder.resolve("home").toString())) {
        assertThat(check.exit()).isZero();
        assertThat(check.out()).contains("a run is using the home", ROWS + " to send");
      }
      first.kill();
    }
  }

  @Test
  void whatIsMistypedIsRefusedWithTheNearestRightName() throws Exception {
    Path csv = csv(1);

    try (Program option = run(csv, "--rat", "3/s")) {
      assertThat(option.exit()).isEqualTo(2);
      assertThat(option.err()).contains("--rat", "--rate");
    }
    environment.put("REELBATCH_GATEWAY_BASE_URI", "http://elsewhere.example");
    try (Program variable = run(csv)) {
      assertThat(variable.exit()).isEqualTo(2);
      assertThat(variable.err().strip().lines()).hasSize(1);
      assertThat(variable.err())
          .contains("REELBATCH_GATEWAY_BASE_URI", "REELBATCH_GATEWAY_BASE_URL");
    }
    assertThat(gateway.log()).isEmpty();
  }

  @Test
  void anInputWithErrorsEndsWithFourAndAllOfThem() throws Exception {
    Path csv = Files.writeString(folder.resolve("shots.csv"), "prompt,duration\n,15\nkite,99\n");

    try (Program program = run(csv)) {
      assertThat(program.exit()).isEqualTo(4);
      assertThat(program.err())
          .contains("line 2, column prompt", "line 3, column duration", "nothing was sent");
    }
    assertThat(gateway.log()).isEmpty();
  }

  @Test
  void theFirstRunOfTheSamplesSucceedsWithoutAnyKey() throws Exception {
    notOnAServer(); // simulated runs keep to their file
    environment.clear();
    String out = folder.resolve("out").toString();
    String home = folder.resolve("home").toString();
    String[] command = {"run", "samples/first-run.csv", "--simulate", "--home", home, "--out", out};

    try (Program first = Program.start(folder, environment, command)) {
      assertThat(first.exit()).isZero();
      assertThat(first.out()).contains("12 lines: 12 succeeded", "results.csv");
    }
    try (Program second = Program.start(folder, environment, command)) {
      assertThat(second.exit()).isZero();
      assertThat(second.out()).contains("nothing to do");
    }
  }

  @Test
  void whatCanGoWrongShowsEachOutcome() throws Exception {
    notOnAServer(); // simulated runs keep to their file
    environment.clear();
    Path out = folder.resolve("out");

    try (Program program =
        Program.start(
            folder,
            environment,
            "run",
            "samples/what-can-go-wrong.csv",
            "--simulate",
            "--patience",
            "6s",
            "--home",
            folder.resolve("home").toString(),
            "--out",
            out.toString())) {
      assertThat(program.exit()).isEqualTo(6);
    }
    assertThat(states(out))
        .contains("SUCCEEDED", "REFUSED", "FAILED", "SKIPPED", "IN_DOUBT", "ACCEPTED", "LOST");
  }

  private static void notOnAServer() {
    assumeThat(TestLedger.isOnServer()).isFalse();
  }

  private Program run(Path csv, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                csv.toString(),
                "--home",
                folder.resolve("home").toString(),
                "--rate",
                "60/s",
                "--max-active",
                "100"));
    arguments.addAll(List.of(more));
    return Program.start(folder, environment, arguments.toArray(String[]::new));
  }

  private void killAfter(int sends, Path csv) throws InterruptedException {
    try (Program program = run(csv)) {
      until(() -> gateway.sends().size() >= sends || !program.isRunning());
      program.kill();
    }
  }

  private Path csv(int rows) throws IOException {
    StringBuilder text = new StringBuilder("prompt\n");
    for (int i = 0; i < rows; i++) {
      text.append("prompt ").append(i).append('\n');
    }
    return Files.writeString(folder.resolve("shots.csv"), text);
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within a minute");
      }
      Thread.sleep(10);
    }
  }

  private List<Map<String, String>> report() throws IOException {
    return lines(folder.resolve("shots-results"));
  }

  private static List<String> states(Path out) throws IOException {
    return lines(out).stream().map(line -> line.getOrDefault("state", "")).toList();
  }

  private static List<Map<String, String>> lines(Path out) throws IOException {
    List<Map<String, String>> lines = new ArrayList<>();
    for (String json : Files.readAllLines(out.resolve("results.jsonl"))) {
      Map<String, String> line = new HashMap<>();
      JsonMapper.shared()
          .readTree(json)
          .properties()
          .forEach(field -> line.put(field.getKey(), field.getValue().asString("")));
      lines.add(line);
    }
    return lines;
  }

  private static String prompt(LoggedRequest request) {
    return JsonMapper.shared().readTree(request.body()).path("prompt").asString();
  }
}
