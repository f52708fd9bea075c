package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The line of samples/cron/crontab, started as cron does: by /bin/sh, with nothing of a login's
 * environment. What it prints is what cron mails.
 */
@DisabledOnOs({OS.WINDOWS, OS.MAC}) // no flock
class CronSampleIT {

  private static final String WELL = "prompt\na red kite\n";

  @TempDir Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Simulator gateway =
      Simulator.start(SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(200)));
  private String line = "";
  private Path csv;
  private Path home;
  private Path key;
  private Path logs;

  @BeforeEach
  void install() throws Exception {
    Path installed = Distribution.unpackInto(folder);
    csv = folder.resolve("shots.csv");
    home = folder.resolve("home");
    key = Files.writeString(folder.resolve("key"), "sk-simulator\n");
    logs = Files.createDirectory(folder.resolve("log"));
    environment.put("HOME", folder.toString());
    environment.put("LOGNAME", "reelbatch");
    for (String written : Files.readAllLines(installed.resolve("samples/cron/crontab"))) {
      String here =
          written
              .replace("/opt/reelbatch", installed.toString())
              .replace("/srv/reelbatch", folder.toString())
              .replace("/etc/reelbatch", folder.toString())
              .replace("/var/lib/reelbatch", home.toString());
      if (here.matches("[A-Z_]+=.*")) {
        environment.put(
            here.substring(0, here.indexOf('=')), here.substring(here.indexOf('=') + 1));
      } else if (!here.isBlank() && !here.startsWith("#")) {
        line = here.replaceFirst("(\\S+\\s+){6}", ""); // five of time, and the user
      }
    }
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PROGRAM", installed.resolve("bin/reelbatch").toString());
    environment.put("LOGS", logs.toString());
    environment.put("PAUSE", "0");
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString());
    environment.put("REELBATCH_POLL_FIRST", "100ms");
    environment.put("REELBATCH_POLL_INTERVAL", "100ms");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aWrongFileIsMailedOnceADayAndAnewOnceItWasRightInBetween() throws Exception {
    Files.writeString(csv, "prompt,duration\na red kite,99\n");
    assertThat(mailedBy(start(), 4))
        .contains("the file is wrong, nothing was sent", "line 2, column duration");
    assertThat(mailedBy(start(), 4)).isEmpty();

    Files.writeString(csv, WELL);
    assertThat(mailedBy(start(), 0)).isEmpty();

    Files.writeString(csv, "nothing\nof use\n");
    assertThat(mailedBy(start(), 4)).contains("the file is wrong");
    assertThat(log())
        .containsSubsequence(
            "exit code 4", "exit code 4", "1 line: 1 succeeded", "exit code 0", "exit code 4");
    assertThat(gateway.sends()).hasSize(1);
  }

  @Test
  void rowsThatFailedAreMailed() throws Exception {
    Files.writeString(csv, "prompt\na red kite\na boat [sim:refuse]\n");

    assertThat(mailedBy(start(), 3)).contains("open report.html", "1 succeeded, 1 refused");
  }

  @Test
  void rowsInDoubtAreMailedAndNotSentAgain() throws Exception {
    Files.writeString(csv, "prompt\na red kite\na train [sim:hang-up]\n");

    assertThat(mailedBy(start(), 7)).contains("doubt list");
    assertThat(mailedBy(start(), 7)).isEmpty();
    assertThat(gateway.sends()).hasSize(2);
  }

  @Test
  void whatIsNotFinishedGoesOnInSilenceAndIsMailedAfterADay() throws Exception {
    Files.writeString(csv, "prompt\na snail [sim:stuck]\n");
    line += " --patience 1s";

    assertThat(mailedBy(start(), 6)).isEmpty();
    Files.setLastModifiedTime(
        logs.resolve("shots.ended"), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    assertThat(mailedBy(start(), 6))
        .contains("no end for a day", "nothing has changed for too long");
    assertThat(gateway.sends()).hasSize(1);
  }

  @Test
  void aKeyThatIsNotAcceptedIsMailedAndOnceItIsMendedTheNextStartGoesOn() throws Exception {
    Files.writeString(csv, WELL);
    Files.writeString(key, "sk-another\n");
    assertThat(mailedBy(start(), 5)).contains("nothing more is sent", "the API key");

    Files.writeString(key, "sk-simulator\n");
    assertThat(mailedBy(start(), 0)).isEmpty();
    assertThat(gateway.tasks()).hasSize(1);
  }

  @Test
  void anOptionThatThereIsNotIsMailed() throws Exception {
    Files.writeString(csv, WELL);
    line += " --dowload";

    assertThat(mailedBy(start(), 2)).contains("an option or a setting is wrong", "--download");
    assertThat(gateway.log()).isEmpty();
  }

  @Test
  void anUnexpectedErrorIsTriedOnceMoreBeforeItIsMailed() throws Exception {
    Files.writeString(csv, WELL);
    Files.createDirectories(home);
    Files.writeString(home.resolve("ledger.mv.db"), "no database at all ".repeat(1000));

    assertThat(mailedBy(start(), 1)).contains("also on a second try", "damaged");
    assertThat(log().split("exit code 1", -1)).hasSize(3);
  }

  @Test
  void aSecondStartLeavesTheHomeToTheFirstInSilence() throws Exception {
    Files.writeString(csv, "prompt\na snail [sim:stuck]\n");
    Path other = Files.writeString(folder.resolve("others.csv"), "prompt\na boat\n");
    String others = line.replace(csv.toString(), other.toString());

    try (Program first = start()) {
      until(() -> !gateway.sends().isEmpty());
      assertThat(mailedBy(start(), 75)).isEmpty();
      assertThat(mailedBy(start(others), 75)).isEmpty();
      assertThat(Files.readString(logs.resolve("others.log"))).contains("is in use");
      child(first).destroy();
      assertThat(mailedBy(first, 6)).isEmpty();
    }
    assertThat(gateway.sends()).hasSize(1);
  }

  @Test
  void aShutdownWaitsForTheProgramAndLeavesNoDoubt() throws Exception {
    Files.writeString(csv, "prompt\na snail [sim:stuck]\n");
    try (Program first = start()) {
      until(() -> !gateway.sends().isEmpty());
      ProcessHandle program = child(first);
      first.terminate();
      program.destroy();

      assertThat(mailedBy(first, 6)).isEmpty();
      assertThat(program.isAlive()).isFalse();
    }
    assertThat(log()).contains("stopped by a signal", "exit code 6").doesNotContain("in doubt: 1");
  }

  @Test
  void aKilledProgramIsMailedAndTheNextStartGoesOn() throws Exception {
    Files.writeString(csv, "prompt\na snail [sim:stuck]\n");
    try (Program first = start()) {
      until(() -> !gateway.sends().isEmpty());
      child(first).destroyForcibly();

      assertThat(mailedBy(first, 137)).contains("it was killed");
    }
    line += " --patience 1s";
    try (Program second = start()) {
      assertThat(second.exit()).isIn(6, 7); // killed between the order and its answer: a doubt
    }
    assertThat(gateway.sends()).hasSize(1);
  }

  private Program start() {
    return start(line);
  }

  private Program start(String command) {
    List<String> words = new ArrayList<>(List.of("env", "-i"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of(environment.getOrDefault("SHELL", ""), "-c", "exec " + command));
    return Program.start(Path.of("/"), folder, Map.of(), words);
  }

  private static String mailedBy(Program start, int exitCode) throws InterruptedException {
    try (start) {
      assertThat(start.exit()).as(start.out() + start.err()).isEqualTo(exitCode);
      assertThat(start.err()).isEmpty();
      return start.out();
    }
  }

  /** Reelbatch itself, below the wrapper. */
  private static ProcessHandle child(Program wrapper) {
    return ProcessHandle.of(wrapper.pid()).orElseThrow().children().findFirst().orElseThrow();
  }

  private String log() throws IOException {
    return Files.readString(logs.resolve("shots.log"));
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
}
