package io.reelbatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.gateway.GatewayListener;
import io.reelbatch.ledger.CommitListener;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Evidence;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that is measured is explained in the docs, and what the samples ask for is measured. */
class MetricsTableTest {

  private static final Path DOCS = Path.of("src", "docs", "metrics.md");
  private static final Path SAMPLES = Path.of("samples");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final Pattern NAME = Pattern.compile("\\b(?:reelbatch|spring_batch)_[a-z0-9_]+");

  /** These come from Spring Batch while a job runs; MetricsIT sees them there. */
  private static final Set<String> OF_SPRING_BATCH =
      Set.of("spring_batch_step_seconds_sum", "spring_batch_step_name");

  @TempDir Path folder;

  private Exports exports;
  private RequestMeters requests;

  @BeforeEach
  void measureAllThereIs() {
    exports = new Exports(new Exports.Places("shots", folder, null, null, Duration.ofHours(1)));
    RunMetrics run = new RunMetrics(exports.registry(), () -> NOW, "1", PastRuns.NONE);
    requests = new RequestMeters(exports.registry(), () -> 0);
    run.show(
        new BatchFigures(
            Map.of(RowState.PLANNED, 1L),
            List.of(new BatchFigures.Cost("USD", 1, 2, 3)),
            List.of(new BatchFigures.Cap("day", "USD", 20, 6)),
            NOW),
        new RunFigures(
            Map.of("send", 1),
            2,
            Map.of("send", Duration.ZERO),
            20,
            0,
            null,
            null,
            null,
            null,
            new RunFigures.Videos(1, 2, 3, 4)));
    send("sora-2");
    requests.asking().accept(new TaskAnswer.Working("queued", 1, Evidence.NONE));
    requests.begins(CommitListener.Step.COMMIT).run();
    run.ended(PastRuns.NONE.with(0, true, NOW, BatchFigures.UNKNOWN));
  }

  private void send(String model) {
    GatewayListener listener = requests;
    listener
        .sending(new Order(Operation.CREATE, model, "a", Map.of(), Endpoint.UNIFIED))
        .accept(new SendOutcome.Accepted(new TaskId("t"), new Evidence(429, null, null)));
  }

  private Exposition exposition() {
    return Exposition.of(exports.text());
  }

  @Test
  void theTableOfTheDocsIsWhatIsMeasured() throws IOException {
    Exposition metrics = exposition();
    String table =
        metrics.names().stream()
            .map(
                name ->
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            name,
                            metrics.types().get(name),
                            labels(name),
                            metrics.helps().get(name)))
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(DOCS))
        .contains("| name | type | labels | meaning |\n|---|---|---|---|\n" + table + "\n");
  }

  /** Those that tell one series of a metric from another. */
  private String labels(String name) {
    Set<String> labels = new TreeSet<>();
    for (String line : exposition().samples()) {
      if (line.matches(name + "(_bucket|_sum|_count)?\\{.*")) {
        Matcher label = Pattern.compile("([a-z]+)=\"").matcher(line);
        while (label.find()) {
          labels.add(label.group(1));
        }
      }
    }
    labels.removeAll(Set.of("batch", "le"));
    return labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
  }

  @Test
  void theDashboardAndTheAlertsAskForWhatIsMeasured() throws IOException {
    Set<String> there = new TreeSet<>(OF_SPRING_BATCH);
    for (String line : exposition().samples()) {
      there.add(line.substring(0, line.indexOf('{')));
    }
    for (String file :
        List.of(
            "grafana/reelbatch.json",
            "prometheus/reelbatch.rules.yml",
            "prometheus/reelbatch.rules.test.yml")) {
      Set<String> asked =
          NAME.matcher(Files.readString(SAMPLES.resolve(file)))
              .results()
              .map(java.util.regex.MatchResult::group)
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(asked).as(file).hasSizeGreaterThan(5);
      assertThat(there).as(file).containsAll(asked);
    }
  }

  @Test
  void aCsvOfThousandsOfModelsMakesNoThousandsOfSeries() {
    IntStream.range(0, 5000).forEach(i -> send("model-" + i));

    List<String> series =
        exposition().samples().stream()
            .filter(line -> line.startsWith("reelbatch_sends_total"))
            .toList();
    assertThat(series).hasSize(51);
    assertThat(exposition().value("reelbatch_sends_total", "model=\"other\"")).isEqualTo(4951);
    assertThat(exposition().value("reelbatch_sends_total", "model=\"sora-2\"")).isEqualTo(1);
  }

  @Test
  void promtoolFindsNothingWrongWhereItIsInstalled() throws Exception {
    Assumptions.assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool"))));
    Path text = Files.writeString(folder.resolve("metrics.txt"), exports.text());
    Path samples = SAMPLES.resolve("prometheus");

    assertThat(promtool(text, "check", "metrics")).isEqualTo("0: ");
    assertThat(promtool(text, "check", "rules", samples + "/reelbatch.rules.yml"))
        .startsWith("0: ");
    assertThat(promtool(text, "test", "rules", samples + "/reelbatch.rules.test.yml"))
        .startsWith("0: ");
  }

  private static String promtool(Path input, String... words) throws Exception {
    Process promtool =
        new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(words)).toList())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return promtool.exitValue() + ": " + said;
  }
}
