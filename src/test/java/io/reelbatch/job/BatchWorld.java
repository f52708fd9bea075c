package io.reelbatch.job;

import io.reelbatch.ledger.TestLedger;
import io.reelbatch.model.BatchName;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A folder, a CSV in it, a gateway, and whole runs of the job between them. */
final class BatchWorld implements AutoCloseable {

  static final Map<String, String> QUICK =
      Map.of(
          "reelbatch.submit.rate", "200/s",
          "reelbatch.poll.first", "0s",
          "reelbatch.poll.interval", "20ms",
          "reelbatch.poll.rate", "500/s",
          "reelbatch.run.patience", "20s");

  private final Path folder;
  private final Map<String, String> settings = new HashMap<>(QUICK);
  private final SilentView view = new SilentView();
  private @Nullable Duration deadline;
  private InvalidLines invalid = InvalidLines.REJECT;
  private Reordering again = Reordering.NOTHING;
  private FinishedVideos videos = FinishedVideos.LEAVE;
  private String batch = "shots";
  private Duration lockWait = Duration.ofMillis(100);
  Simulator gateway;

  BatchWorld(Path folder) {
    this(folder, SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(30)));
  }

  BatchWorld(Path folder, SimulatorSettings settings) {
    this.folder = folder;
    this.gateway = Simulator.start(settings);
    with("reelbatch.gateway.base-url", gateway.baseUrl().toString());
    with("reelbatch.api-key", "sk-simulator");
    this.settings.putAll(TestLedger.settings(folder.resolve("home")));
  }

  /** Replaces the CSV. */
  BatchWorld csv(String... lines) {
    try {
      Files.writeString(file(), String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BatchWorld with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  BatchWorld without(String name) {
    settings.remove(name);
    return this;
  }

  BatchWorld deadline(@Nullable Duration time) {
    deadline = time;
    return this;
  }

  BatchWorld skipInvalid() {
    invalid = InvalidLines.SKIP;
    return this;
  }

  /** Runs are of another batch than {@code shots}. */
  BatchWorld of(String name) {
    batch = name;
    return this;
  }

  BatchWorld waiting(Duration time) {
    lockWait = time;
    return this;
  }

  RunRequest request() {
    return request(file());
  }

  /** The same of another file. */
  RunRequest request(Path file) {
    return new RunRequest(
        file, new BatchName(batch), out(), deadline, invalid, use(), again, videos);
  }

  /** All runs from now on are with {@code --download}. */
  BatchWorld downloading() {
    videos = FinishedVideos.FETCH;
    return this;
  }

  /** All runs from now on are without {@code --download}. */
  BatchWorld leavingVideos() {
    videos = FinishedVideos.LEAVE;
    return this;
  }

  /** A run with {@code --retry-failed}. */
  RunResult retryFailed() {
    return run(
        new Reordering(Reordering.FailedRows.RETRY, Reordering.RowsInDoubt.KEEP, "a tester"));
  }

  /** A run with {@code --in-doubt=resubmit}. */
  RunResult resubmitDoubts() {
    return run(
        new Reordering(Reordering.FailedRows.KEEP, Reordering.RowsInDoubt.RESUBMIT, "a tester"));
  }

  private RunResult run(Reordering wanted) {
    again = wanted;
    try {
      return run();
    } finally {
      again = Reordering.NOTHING;
    }
  }

  /** The report's lines as JSON. */
  List<tools.jackson.databind.JsonNode> json() {
    try {
      return Files.readAllLines(out().resolve("results.jsonl")).stream()
          .map(line -> tools.jackson.databind.json.JsonMapper.shared().readTree(line))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The home's own ledger, as another program would read it between two runs. */
  int update(String sql) {
    return new org.springframework.jdbc.core.JdbcTemplate(
            new org.springframework.jdbc.datasource.DriverManagerDataSource(
                TestLedger.url(folder.resolve("home")), "sa", ""))
        .update(sql);
  }

  /** As if what the ledger says had happened at another time: {@code + interval '1' hour}. */
  void moveTimes(String by, String... columns) {
    for (String column : columns) {
      String[] name = column.split("\\.", 2);
      update("update %1$s set %2$s = %2$s %3$s".formatted(name[0], name[1], by));
    }
  }

  HomeUse use() {
    return new HomeUse(new Home(folder.resolve("home")), lockWait, "a test", null, null, settings);
  }

  RunResult run() {
    return new Launcher().run(request(), view);
  }

  /** Runs until so many rows are paid for, of whose ends nothing is known. */
  void sendOnly(int rows) {
    with("reelbatch.poll.first", "1h");
    Duration most = Duration.ofSeconds(1);
    while (paidPrompts().size() < rows) {
      deadline(most).run();
      most = most.multipliedBy(2); // the machine was busy
    }
    with("reelbatch.poll.first", "0s").deadline(null);
  }

  /** What a person was warned of, in all runs. */
  List<io.reelbatch.model.Message> warned() {
    return view.warned;
  }

  Path file() {
    return folder.resolve("shots.csv");
  }

  Path out() {
    return folder.resolve("results");
  }

  /** Prompts of all tasks that the gateway made, that is: of all that was paid for, sorted. */
  List<String> paidPrompts() {
    return gateway.sends().stream()
        .filter(send -> send.task() != null)
        .map(BatchWorld::prompt)
        .sorted()
        .toList();
  }

  /** Prompts of all paid requests that arrived, whatever became of them, in order. */
  List<String> sentPrompts() {
    return gateway.sends().stream().map(BatchWorld::prompt).toList();
  }

  private static String prompt(LoggedRequest request) {
    return tools.jackson.databind.json.JsonMapper.shared()
        .readTree(request.body())
        .path("prompt")
        .asString();
  }

  /** One column of the report, in the order of its lines. */
  List<String> reported(String column) {
    List<String[]> rows = csvRows(out().resolve("results.csv"));
    int at = List.of(rows.get(0)).indexOf(column);
    return rows.stream()
        .skip(1)
        .map(row -> row[at])
        .collect(Collectors.toCollection(ArrayList::new));
  }

  static List<String[]> csvRows(Path file) {
    try (Reader reader = Files.newBufferedReader(file);
        com.opencsv.CSVReader csv =
            new com.opencsv.CSVReaderBuilder(reader)
                .withCSVParser(new com.opencsv.RFC4180ParserBuilder().build())
                .build()) {
      return csv.readAll();
    } catch (IOException | com.opencsv.exceptions.CsvException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
