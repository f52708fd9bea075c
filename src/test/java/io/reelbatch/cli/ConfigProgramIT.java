package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What counts when a setting stands in several places, step by step, in the packaged program. */
class ConfigProgramIT {

  private static final String CANARY = "Canary-0123456789";

  @TempDir Path folder;

  /** Each step is taken away, the first one first; the next then counts. */
  @Test
  void theFirstPlaceThatNamesASettingCounts() throws Exception {
    Path here = Files.createDirectories(folder.resolve("here"));
    Path beside = Files.createDirectories(folder.resolve("beside"));
    Path tree = Files.createDirectories(folder.resolve("secrets"));
    Files.copy(
        Path.of("target", "reelbatch.jar"),
        beside.resolve("reelbatch.jar"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(tree.resolve("reelbatch.poll.interval"), "24s\n");
    Files.writeString(
        beside.resolve("application.yml"), "reelbatch:\n  poll:\n    interval: 26s\n");
    Files.writeString(here.resolve("application.yml"), "reelbatch:\n  poll:\n    interval: 25s\n");
    List<String> java = new ArrayList<>(List.of("-Dreelbatch.poll.interval=22s"));
    Map<String, String> environment = new HashMap<>();
    environment.put("REELBATCH_POLL_INTERVAL", "23s");
    environment.put("SPRING_CONFIG_IMPORT", "configtree:" + tree + "/");
    List<String> words = new ArrayList<>(List.of("--set", "reelbatch.poll.interval=21s"));

    assertThat(interval(beside, here, java, environment, words)).isEqualTo("21s command line");
    words.clear();
    assertThat(interval(beside, here, java, environment, words))
        .isEqualTo("22s java -Dreelbatch.poll.interval");
    java.clear();
    assertThat(interval(beside, here, java, environment, words))
        .isEqualTo("23s environment REELBATCH_POLL_INTERVAL");
    environment.remove("REELBATCH_POLL_INTERVAL");
    assertThat(interval(beside, here, java, environment, words))
        .isEqualTo("24s " + tree.resolve("reelbatch.poll.interval"));
    Files.delete(tree.resolve("reelbatch.poll.interval"));
    List<String> files = new ArrayList<>();
    files.add(interval(beside, here, java, environment, words));
    Files.delete(Path.of(files.get(0).replaceAll("^\\S+ |:3$", "")));
    files.add(interval(beside, here, java, environment, words));
    assertThat(files)
        .containsExactly(
            "26s " + beside.toRealPath().resolve("application.yml") + ":3",
            "25s " + here.toRealPath().resolve("application.yml") + ":3");
    Files.delete(here.resolve("application.yml"));
    assertThat(interval(beside, here, java, environment, words)).isEqualTo("15s default");
  }

  @Test
  void secretsAreMaskedAndNeitherAKeyNorAHomeIsNeeded() throws Exception {
    Map<String, String> environment =
        Map.of(
            "REELBATCH_API_KEY", "sk-" + CANARY,
            "REELBATCH_API_KEY_BEN", "sk-" + CANARY,
            "REELBATCH_NOTIFY_TEAM_KIND", "slack",
            "REELBATCH_NOTIFY_TEAM_URL", "https://chat.example/" + CANARY,
            "REELBATCH_GATEWAY_PROXY", "http://me:" + CANARY + "@proxy.example:3128",
            "SPRING_DATASOURCE_PASSWORD", CANARY,
            "STATE_DIRECTORY", folder.resolve("home").toString());
    for (String[] words : new String[][] {{"config"}, {"config", "--json"}}) {
      try (Program program = Program.start(folder, environment, words)) {
        assertThat(program.exit()).as(program.err()).isZero();
        assertThat(program.out() + program.err())
            .doesNotContain(CANARY)
            .contains("REELBATCH_API_KEY_BEN", "reelbatch.notify.team.url", "http://***@proxy");
      }
    }
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() throws Exception {
    try (Program program =
        Program.start(folder, Map.of("REELBATCH_POLL_INTERVALL", "3s"), "config")) {
      assertThat(program.exit()).isEqualTo(2);
      assertThat(program.err()).contains("REELBATCH_POLL_INTERVAL?");
    }
  }

  @Test
  void aFileThatIsNoYamlIsRefusedWithItsLine() throws Exception {
    Files.writeString(folder.resolve("application.yml"), "reelbatch:\n\tsubmit: {rate: 2/s}\n");
    Files.writeString(folder.resolve("shots.csv"), "prompt\na kite\n");

    for (String[] words :
        List.of(
            new String[] {"run", "shots.csv", "--simulate", "--home", "home"},
            new String[] {"config"})) {
      try (Program program = Program.start(folder, folder, Map.of(), Program.command(words))) {
        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err())
            .contains("application.yml cannot be read: line 2, column 1", "Nothing was sent")
            .doesNotContain("\tat ", "ERROR");
      }
    }
  }

  private String interval(
      Path beside,
      Path here,
      List<String> java,
      Map<String, String> environment,
      List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(java);
    command.addAll(List.of("-jar", beside.resolve("reelbatch.jar").toString(), "config", "--json"));
    command.addAll(words);
    try (Program program = Program.start(here, folder, environment, command)) {
      assertThat(program.exit()).as(program.err()).isZero();
      for (JsonNode setting : JsonMapper.shared().readTree(program.out())) {
        if (setting.path("name").asString().equals("reelbatch.poll.interval")) {
          return setting.path("value").asString() + " " + setting.path("origin").asString();
        }
      }
      throw new AssertionError(program.out());
    }
  }
}
