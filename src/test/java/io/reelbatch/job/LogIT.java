package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What whole runs write into the log of their home. */
class LogIT {

  @TempDir Path folder;

  private BatchWorld world;

  @BeforeEach
  void begin() {
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ZERO))
            .with("reelbatch.submit.rate", "2000/s")
            .with("reelbatch.submit.in-flight", "32")
            .with("reelbatch.submit.max-active", "2000")
            .with("reelbatch.poll.rate", "5000/s");
  }

  @AfterEach
  void end() {
    world.close();
    System.clearProperty("FILE_LOG_STRUCTURED_FORMAT"); // Spring leaves it behind in the process
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("home").resolve("reelbatch.log"));
  }

  @Test
  void thousandsOfTroublesAreFewLinesAndANumber() throws IOException {
    Fault[] troubles = new Fault[3000];
    Arrays.fill(troubles, Fault.answer(500, "{}"));
    world.gateway.nextQueries(troubles);
    world.csv(
        Stream.concat(Stream.of("prompt"), IntStream.range(0, 60).mapToObj(row -> "a kite " + row))
            .toArray(String[]::new));

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(log()).hasSizeLessThan(200);
    assertThat(
            log().stream()
                .filter(line -> line.contains("PollWriter"))
                .mapToLong(LogIT::meant)
                .sum())
        .isGreaterThanOrEqualTo(3000);
  }

  /** For how many a line stands. */
  private static long meant(String line) {
    Matcher more = Pattern.compile(": ([0-9,]+) more like this since").matcher(line);
    return more.find() ? Long.parseLong(more.group(1).replace(",", "")) : 1;
  }

  @Test
  void eachLineOfAJsonLogSaysWhichRunBatchRowAndTaskItIsAbout() throws IOException {
    world
        .csv("id,prompt", "one,a kite [sim:hang-up]", "two,a boat")
        .with("logging.structured.format.file", "logstash")
        .with("logging.level.io.reelbatch", "debug");

    world.run();

    List<JsonNode> lines = log().stream().map(line -> JsonMapper.shared().readTree(line)).toList();
    String run = lines.get(0).path("run").asString();
    assertThat(run).matches("[0-9a-f]{12}");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.path("run").asString()).isEqualTo(run))
        .allSatisfy(line -> assertThat(line.path("batch").asString()).isEqualTo("shots"))
        .anySatisfy(
            line -> {
              assertThat(line.path("row").asString()).isEqualTo("two");
              assertThat(line.path("task_id").asString()).isNotEmpty();
              assertThat(line.path("request_id").asString()).isNotEmpty();
              assertThat(line.path("message").asString()).contains("Accepted");
            });
    assertThat(Files.readString(folder.resolve("home").resolve("status.json")))
        .contains("\"id\":\"" + run + "\"");
    assertThat(batchExecutionsOf(run)).isEqualTo(1);
  }

  private int batchExecutionsOf(String run) {
    return world.update(
        "update batch_job_execution_params set parameter_name = parameter_name"
            + " where parameter_name = 'run' and parameter_value = '"
            + run
            + "'");
  }

  @Test
  void eachLineOfTheTextLogBearsTheRunAndTheNextRunIsAnother() throws IOException {
    world.csv("prompt", "a").with("logging.level.io.reelbatch", "debug");

    world.run();
    world.csv("prompt", "a", "b");
    world.run();

    assertThat(
            log().stream()
                .filter(line -> line.contains("was sent: Accepted"))
                .map(line -> line.split(" +", 4)[2])
                .distinct())
        .hasSize(2)
        .allMatch(run -> run.matches("[0-9a-f]{12}"));
  }

  @Test
  void ecsIsWrittenAsWell() throws IOException {
    world
        .csv("prompt", "a")
        .with("logging.structured.format.file", "ecs")
        .with("logging.level.io.reelbatch", "debug");

    world.run();

    JsonNode line = JsonMapper.shared().readTree(log().get(0));
    assertThat(line.path("batch").asString()).isEqualTo("shots");
    assertThat(line.path("log").path("level").asString()).isEqualTo("DEBUG");
    assertThat(line.path("service").path("name").asString()).isEqualTo("reelbatch");
  }
}
