package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.metrics.Exposition;
import io.reelbatch.model.Message;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics of whole runs say, in the file for the node exporter. */
class MetricsIT {

  @TempDir Path folder;

  private Path files;
  private BatchWorld world;

  @BeforeEach
  void begin() throws IOException {
    files = Files.createDirectory(folder.resolve("node exporter"));
    world =
        new BatchWorld(folder)
            .with("reelbatch.metrics.textfile", files.toString())
            .with("reelbatch.metrics.every", "50ms");
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Exposition exposition() {
    return Exposition.of(files.resolve("reelbatch-shots.prom"));
  }

  private void run(Ending ending) {
    assertThat(world.run().ending()).isEqualTo(ending);
  }

  @Test
  void aRunThatGoesWellTellsOfRowsMoneyRequestsAndItsEnd() {
    Instant before = Instant.now();
    world
        .csv("prompt", "a", "b", "c")
        .with("reelbatch.budget.batch", "10 USD")
        .with("reelbatch.prices.all.price", "0.50");

    run(Ending.SUCCEEDED);

    Exposition metrics = exposition();
    assertThat(metrics.value("reelbatch_rows", "state=\"SUCCEEDED\"")).isEqualTo(3);
    assertThat(metrics.value("reelbatch_rows", "state=\"IN_DOUBT\"")).isZero();
    assertThat(metrics.value("reelbatch_money", "part=\"spent\"")).isEqualTo(1.5);
    assertThat(metrics.value("reelbatch_money", "part=\"reserved\"")).isZero();
    assertThat(metrics.value("reelbatch_cap", "period=\"batch\"")).isEqualTo(10);
    assertThat(metrics.value("reelbatch_cap_used", "period=\"batch\"")).isEqualTo(1.5);
    assertThat(metrics.value("reelbatch_sends_total", "outcome=\"accepted\"")).isEqualTo(3);
    assertThat(metrics.value("reelbatch_send_seconds_count", "outcome=\"accepted\"")).isEqualTo(3);
    assertThat(metrics.value("reelbatch_poll_seconds_count", "answer=\"succeeded\"")).isEqualTo(3);
    assertThat(metrics.value("reelbatch_answers_total", "request=\"send\",status=\"2xx\""))
        .isEqualTo(3);
    assertThat(metrics.value("reelbatch_ledger_commit_seconds_count", "step=\"commit\""))
        .isPositive();
    assertThat(metrics.value("reelbatch_halted", "cause=\"KEY\"")).isZero();
    assertThat(metrics.value("reelbatch_requests_in_flight", "request=\"send\"")).isZero();
    assertThat(metrics.value("spring_batch_job_seconds_count", "reelbatch")).isEqualTo(1);
    assertThat(metrics.value("spring_batch_step_seconds_count", "\"submit\"")).isEqualTo(1);
    assertThat(metrics.value("reelbatch_last_exit_code", "")).isZero();
    assertThat(metrics.value("reelbatch_run_going_on", "")).isZero();
    assertThat(metrics.value("reelbatch_last_success_timestamp_seconds", ""))
        .isBetween(before.getEpochSecond() - 1.0, Instant.now().getEpochSecond() + 1.0);
  }

  @Test
  void everyFigureIsOfTheBatchSoThatFilesCanLieSideBySide() {
    world.csv("prompt", "a");

    run(Ending.SUCCEEDED);

    assertThat(exposition().samples())
        .allSatisfy(line -> assertThat(line).contains("batch=\"shots\""));
    assertThat(exposition().names())
        .allSatisfy(name -> assertThat(name).matches("(reelbatch|spring_batch)_[a-z0-9_]+"));
  }

  @Test
  void theFileIsForEverybodyToReadAndNothingElseLiesBesideIt() throws IOException {
    world.csv("prompt", "a");
    Path ofAKilledRun = files.resolve(".reelbatch-shots.prom.new");
    Files.createFile(
        ofAKilledRun,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

    run(Ending.SUCCEEDED);

    Path file = files.resolve("reelbatch-shots.prom");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    try (var all = Files.list(files)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aRunThatCannotBeginTellsItsExitCodeAndTakesNothingAway() throws IOException {
    world.csv("prompt", "a", "b");
    run(Ending.SUCCEEDED);
    double success = exposition().value("reelbatch_last_success_timestamp_seconds", "");

    world.csv("nothing", "a");
    run(Ending.REJECTED);
    assertThat(exposition().value("reelbatch_last_exit_code", "")).isEqualTo(4);
    assertThat(exposition().value("reelbatch_rows", "state=\"SUCCEEDED\"")).isEqualTo(2);
    assertThat(exposition().value("reelbatch_last_success_timestamp_seconds", ""))
        .isEqualTo(success);

    world.with("reelbatch.submit.rate", "fast");
    run(Ending.USAGE);
    assertThat(exposition().value("reelbatch_last_exit_code", "")).isEqualTo(2);
    assertThat(exposition().value("reelbatch_rows", "state=\"SUCCEEDED\"")).isEqualTo(2);

    world.with("reelbatch.submit.rate", "200/s").without("reelbatch.api-key");
    run(Ending.USAGE);
    assertThat(exposition().value("reelbatch_last_success_timestamp_seconds", ""))
        .isEqualTo(success);
  }

  @Test
  void aRunThatFindsItsOwnBatchGoingOnLeavesItsFileAlone() throws Exception {
    world.csv("prompt", "a");
    run(Ending.SUCCEEDED);
    String told = exposition().text();

    findsTheHomeTakenFor(world.use().what());
    assertThat(exposition().text()).isEqualTo(told);

    findsTheHomeTakenFor("batch other");
    assertThat(exposition().value("reelbatch_last_exit_code", "")).isEqualTo(75);
  }

  private void findsTheHomeTakenFor(String what) throws InterruptedException {
    HomeLock.take(world.use().home(), Duration.ZERO, what).close(); // whose name stays
    new Launcher()
        .notify(world.request(), RunResult.failed(Ending.LOCKED, Message.verbatim("in use")));
  }

  @Test
  void whileARunGoesOnItsFileSaysSo() throws Exception {
    world.close();
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ofDays(1)))
            .with("reelbatch.metrics.textfile", files.toString())
            .with("reelbatch.metrics.every", "20ms")
            .with("reelbatch.run.patience", "1h")
            .csv("prompt", "a", "b");
    Thread run = new Thread(() -> world.deadline(Duration.ofSeconds(15)).run());
    run.start();

    Path file = files.resolve("reelbatch-shots.prom");
    while (run.isAlive()
        && !(Files.exists(file) && exposition().text().contains("state=\"ACCEPTED\"} 2"))) {
      Thread.onSpinWait();
    }
    assertThat(exposition().value("reelbatch_run_going_on", "")).isEqualTo(1);
    assertThat(exposition().names()).doesNotContain("reelbatch_last_exit_code");

    run.join();
    assertThat(exposition().value("reelbatch_run_going_on", "")).isZero();
    assertThat(exposition().value("reelbatch_last_exit_code", "")).isEqualTo(6);
    assertThat(exposition().names()).doesNotContain("reelbatch_last_success_timestamp_seconds");
  }

  @Test
  void doubtsHaltsAndTheirMoneyAreTold() {
    world.close();
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ZERO))
            .with("reelbatch.metrics.textfile", files.resolve("mine.prom").toString())
            .with("reelbatch.budget.batch", "1 USD")
            .with("reelbatch.prices.all.price", "0.50")
            .csv("prompt", "a [sim:empty]", "b", "c");

    RunResult result = world.run();

    Exposition metrics = Exposition.of(files.resolve("mine.prom"));
    assertThat(metrics.value("reelbatch_last_exit_code", "")).isEqualTo(result.ending().code());
    assertThat(metrics.value("reelbatch_halted", "cause=\"BUDGET\"")).isEqualTo(1);
    assertThat(metrics.value("reelbatch_rows", "state=\"IN_DOUBT\"")).isEqualTo(1);
    assertThat(metrics.value("reelbatch_money", "part=\"in_doubt\"")).isEqualTo(0.5);
    assertThat(metrics.value("reelbatch_money", "part=\"spent\"")).isEqualTo(0.5);
    assertThat(metrics.value("reelbatch_sends_total", "outcome=\"in_doubt\"")).isEqualTo(1);
  }

  @Test
  void whereMetricsCannotGoNothingIsSent() {
    world.csv("prompt", "a").with("reelbatch.metrics.textfile", folder + "/not/there");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error()))
        .contains("reelbatch.metrics.textfile: there is no folder");
    assertThat(world.sentPrompts()).isEmpty();
  }
}
