package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.csv.Workbook;
import io.reelbatch.notice.ChatServer;
import io.reelbatch.simulator.LoggedRequest;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Files, folders and pipes given to the packaged program; the gateway's log is the judge. */
class SeveralFilesIT {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Simulator gateway;

  SeveralFilesIT() {
    gateway =
        Simulator.start(
            SimulatorSettings.defaults()
                .withTaskTime(Duration.ofMillis(100))
                .withLatency(Duration.ofMillis(50)));
  }

  @BeforeEach
  void environment() {
    environment.put("REELBATCH_GATEWAY_BASE_URL", gateway.baseUrl().toString());
    environment.put("REELBATCH_API_KEY", "sk-simulator");
    environment.put("REELBATCH_POLL_FIRST", "100ms");
    environment.put("REELBATCH_POLL_INTERVAL", "100ms");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void eachFileIsABatchOfItsOwnInTheOrderOfTheCommand() throws Exception {
    csv("z.csv", "a dog");
    Path shots = Files.createDirectory(folder.resolve("shots"));
    new Workbook().row("提示词").row("a cat").write(shots.resolve("b.xlsx"));
    csv("shots/a.csv", "a kite");
    Files.writeString(shots.resolve("~$b.xlsx"), "who has it open");
    Files.writeString(shots.resolve(".hidden.csv"), "no rows");
    Files.writeString(shots.resolve("notes.txt"), "no rows");

    try (Program program = start("run", "z.csv", "shots")) {
      assertThat(program.exit()).as(program::err).isZero();
      assertThat(program.out()).contains("3 files are checked", "file 2 of 3: shots/a.csv");
    }
    assertThat(prompts()).containsExactly("a dog", "a kite", "a cat");
    for (String results : List.of("z-results", "shots/a-results", "shots/b-results")) {
      assertThat(folder.resolve(results).resolve("report.html")).exists();
    }
    assertThat(Files.readString(folder.resolve("shots/b-results/report.html")))
        .doesNotContain("z.csv");
    try (Program program = start("run", "z.csv", "shots")) {
      assertThat(program.exit()).isZero();
    }
    assertThat(prompts()).hasSize(3);
  }

  @Test
  void ifOneFileIsWrongNothingIsSentOfAny() throws Exception {
    csv("a.csv", "a kite");
    csv("b.csv", "a dog,too many");

    try (Program program = start("check", "a.csv", "b.csv")) {
      assertThat(program.exit()).isEqualTo(4);
      assertThat(program.out()).contains("batch a: nothing is wrong", "b.csv: line 2");
    }
    try (Program program = start("run", "a.csv", "b.csv")) {
      assertThat(program.exit()).isEqualTo(4);
      assertThat(program.err()).contains("b.csv: line 2", "nothing was sent");
    }
    assertThat(folder.resolve("b-results/errors.csv")).exists();
    assertThat(prompts()).isEmpty();

    try (Program program = start("run", "a.csv", "b.csv", "--skip-invalid")) {
      assertThat(program.exit()).isEqualTo(3);
    }
    assertThat(prompts()).containsExactly("a kite");
  }

  @Test
  void whoIsToldOfRunsIsToldOfOneThatAWrongFileKeepsFromBeginning() throws Exception {
    csv("a.csv", "a kite");
    csv("b.csv", "a dog,too many");
    try (ChatServer hook = new ChatServer("")) {
      environment.put("REELBATCH_NOTIFY_HOOK_KIND", "webhook");
      environment.put("REELBATCH_NOTIFY_HOOK_URL", hook.url("/hook").toString());
      try (Program program = start("run", "a.csv", "b.csv")) {
        assertThat(program.exit()).isEqualTo(4);
      }
      assertThat(hook.messages())
          .singleElement()
          .matches(message -> message.body().path("batch").asString().equals("b"))
          .matches(message -> message.body().path("ending").asString().equals("rejected"));
    }
  }

  @Test
  void aSignalDuringTheFirstKeepsTheSecondFromBeginning() throws Exception {
    csv("a.csv", IntStream.range(0, 40).mapToObj(n -> "kite " + n).toArray(String[]::new));
    csv("b.csv", "a dog");

    try (Program program = start("run", "a.csv", "b.csv")) {
      while (gateway.sends().size() < 5 && program.isRunning()) {
        Thread.onSpinWait();
      }
      program.terminate();

      assertThat(program.exit()).isEqualTo(6);
      assertThat(program.err()).contains("stopped by a signal", "not begun: b.csv");
    }
    assertThat(prompts()).doesNotContain("a dog");

    try (Program program = start("run", "a.csv", "b.csv", "--rate", "50/s")) {
      assertThat(program.exit()).isZero();
    }
    assertThat(prompts()).hasSize(41).doesNotHaveDuplicates();
  }

  @Test
  void filesThatCannotAllBeBatchesAreRefusedBeforeAnything() throws Exception {
    csv("a.csv", "a kite");
    csv("a.tsv", "a dog");
    Files.createDirectory(folder.resolve("empty"));

    assertRefused("would be the same batch", "a.csv", "a.tsv");
    assertRefused("--batch names one batch", ".", "--batch", "x");
    assertRefused("--out names one folder", "a.csv", "b.csv", "--out", "x");
    assertRefused("has no .csv, .tsv or .xlsx", "empty");
    assertRefused("give one with --batch", "-");
    assertRefused("stands alone", "-", "a.csv");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void rowsOfAPipeAreABatchThatGrowsAndNeverShrinksByAccident() throws Exception {
    try (Program program = pipe("printf 'prompt\\na kite\\na dog\\n'")) {
      assertThat(program.exit()).as(program::err).isZero();
    }
    try (Program program = pipe("true")) {
      assertThat(program.exit()).isEqualTo(4);
      assertThat(program.err()).contains("empty", "Nothing was sent");
    }
    try (Program program = pipe("printf 'prompt\\na kite\\na do'")) {
      assertThat(program.exit()).isEqualTo(4);
      assertThat(program.err()).contains("no line end");
    }
    Path kept = folder.resolve("home/inputs/piped.csv");
    assertThat(kept).hasContent("prompt\na kite\na dog\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(prompts()).containsExactly("a kite", "a dog");
    assertThat(folder.resolve("piped-results/report.html")).exists();

    try (Program program = pipe("printf 'prompt\\na kite\\na dog\\na cat\\n'")) {
      assertThat(program.exit()).isZero();
    }
    assertThat(prompts()).containsExactly("a kite", "a dog", "a cat");
    assertThat(kept).content().endsWith("a cat\n");
  }

  private void assertRefused(String words, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    try (Program program = start(all.toArray(String[]::new))) {
      assertThat(program.exit()).isEqualTo(2);
      assertThat(program.err()).contains(words);
    }
  }

  private void csv(String name, String... rows) throws IOException {
    Files.writeString(folder.resolve(name), "prompt\n" + String.join("\n", rows) + "\n");
  }

  private List<String> prompts() {
    return gateway.sends().stream().map(SeveralFilesIT::prompt).toList();
  }

  private static String prompt(LoggedRequest request) {
    return JsonMapper.shared().readTree(request.body()).path("prompt").asString();
  }

  private Program start(String... arguments) {
    return Program.start(folder, folder, environment, command(arguments));
  }

  private Program pipe(String source) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", source + " | { cat; } | \"$@\"", "sh"));
    command.addAll(command("run", "-", "--batch", "piped"));
    return Program.start(folder, folder, environment, command);
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(Program.command(arguments));
    command.addAll(List.of("--home", folder.resolve("home").toString()));
    return command;
  }

  @Test
  void aDeadlineIsForAllFilesTogether() throws Exception {
    csv("a.csv", "a kite");
    csv("b.csv", "a dog");

    try (Program program = start("run", "a.csv", "b.csv", "--deadline", "1ms")) {
      assertThat(program.exit()).isEqualTo(6);
      assertThat(program.err()).contains("the deadline has passed", "not begun: b.csv");
    }
    assertThat(prompts()).doesNotContain("a dog");
  }
}
