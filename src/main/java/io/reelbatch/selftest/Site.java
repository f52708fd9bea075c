package io.reelbatch.selftest;

import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A batch's own gateway, CSV, home and results, and starts of the program between them. */
final class Site implements AutoCloseable {

  private static final String KEY = "sk-selftest";

  private final RealProgram program;
  private final Path folder;
  private final Scenario scenario;
  private final Path csv;
  private final long cap;
  private final Map<String, String> environment;
  private final String batch;
  private final Simulator gateway;

  /**
   * Makes all that a batch needs, in an empty folder.
   *
   * @param cap paid requests that the program is allowed
   * @param sync whether the program is to sync its disk: a kill must not need that, a power cut
   *     does
   * @param server the environment that names a server for the ledger; empty: a file in the home
   * @param batch what the batch is called
   */
  Site(
      RealProgram program,
      Path folder,
      Scenario scenario,
      long cap,
      int inFlight,
      DiskSync sync,
      Map<String, String> server,
      String batch,
      SplittableRandom random) {
    this.program = program;
    this.folder = folder;
    this.scenario = scenario;
    this.cap = cap;
    this.csv = scenario.write(folder);
    this.gateway =
        Simulator.start(
            SimulatorSettings.defaults()
                .withApiKey(KEY)
                .withTaskTime(Duration.ofMillis(150))
                .withLatency(Duration.ofMillis(20))
                .withFailShare(0.05)
                .withTroubleShare(0.02)
                .withSeed(random.nextLong())
                .withLog(folder.resolve("gateway.jsonl")));
    this.batch = batch;
    this.environment = new HashMap<>(server);
    environment.putAll(
        Map.ofEntries(
            Map.entry("REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString()),
            Map.entry("REELBATCH_API_KEY", KEY),
            Map.entry("REELBATCH_SUBMIT_RATE", "200/s"),
            Map.entry("REELBATCH_SUBMIT_IN_FLIGHT", String.valueOf(inFlight)),
            Map.entry("REELBATCH_SUBMIT_MAX_ACTIVE", "1000"),
            Map.entry("REELBATCH_BUDGET_LIMIT", String.valueOf(cap)),
            // Its faults are drawn at random, so that brakes would only say when chance was unkind.
            Map.entry("REELBATCH_BRAKES_CANARY_REFUSALS", "0"),
            Map.entry("REELBATCH_BRAKES_DOUBTS_IN_A_ROW", "0"),
            Map.entry("REELBATCH_BRAKES_DOUBT_SHARE", "0"),
            Map.entry("REELBATCH_BRAKES_FIRST_FAILURES", "0"),
            Map.entry("REELBATCH_BRAKES_MODEL_UNAVAILABLE", "0"),
            Map.entry("REELBATCH_POLL_FIRST", "0s"),
            Map.entry("REELBATCH_POLL_INTERVAL", "50ms"),
            Map.entry("REELBATCH_POLL_RATE", "500/s"),
            Map.entry("REELBATCH_RUN_DISK_SYNC", String.valueOf(sync == DiskSync.ON)),
            // An orphan, after a kill of the selftest itself, must not ask for ever.
            Map.entry("REELBATCH_RUN_PATIENCE", "60s")));
  }

  /** Whether the program syncs its disk after a commit that money hangs on. */
  enum DiskSync {
    ON,
    OFF
  }

  Simulator gateway() {
    return gateway;
  }

  long cap() {
    return cap;
  }

  /** Whether a start that ended like this has nothing left to do. */
  boolean isAtItsEnd(int exit) {
    return Ends.isFinished(exit) || (cap < scenario.prompts().size() && Ends.isCapped(exit));
  }

  Scenario scenario() {
    return scenario;
  }

  /** Starts the program, the same command each time. */
  Process start(int number) {
    return program.start(
        folder,
        said(number),
        environment,
        List.of(
            "run",
            csv.toString(),
            "--batch",
            batch,
            "--home",
            folder.resolve("home").toString(),
            "--out",
            folder.resolve("results").toString(),
            "--lock-wait",
            "0s"));
  }

  /** The last line of what a start said. */
  String lastWords(int number) {
    String text = RealProgram.text(said(number));
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  List<LoggedRequest> requests() {
    return gateway.log();
  }

  Report report() {
    return Report.in(folder.resolve("results"));
  }

  private Path said(int number) {
    return folder.resolve("start-" + number + ".txt");
  }

  @Override
  public void close() {
    gateway.close();
  }
}
