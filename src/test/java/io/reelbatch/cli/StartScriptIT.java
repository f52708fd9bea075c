package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, unpacked and started as a stranger would. */
class StartScriptIT {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path installed;
  private Path script;

  @BeforeEach
  void install() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // As under cron.
    environment.put("LC_ALL", "");
    environment.put("LANG", "");
    Path place = Files.createDirectory(folder.resolve("place"));
    installed = Distribution.unpackInto(place);
    script = installed.resolve("bin").resolve("reelbatch");
  }

  @Test
  void itRunsABatchWithAnArchiveThatFitsAndWithOneThatDoesNot() throws Exception {
    Path csv = Files.writeString(folder.resolve("夜 市.csv"), "prompt\na red kite\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("place/reelbatch/bin"));
    script = Files.createSymbolicLink(folder.resolve("rb"), link.resolve("reelbatch"));

    try (Program prepare = reelbatch("prepare")) {
      assertThat(prepare.exit()).as(prepare.err()).isZero();
      assertThat(prepare.out()).contains("Reelbatch now starts quicker");
    }
    assertThat(archives()).hasSize(1);
    Path loaded = folder.resolve("loaded.txt");
    environment.put("REELBATCH_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
    try (Program run =
        reelbatch("run", csv.getFileName().toString(), "--simulate", "--home", "the home")) {
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out()).contains("batch 夜-市 at", "1 line: 1 succeeded");
      assertThat(run.err()).isEmpty();
    }
    assertThat(Files.readString(loaded))
        .containsPattern("io.reelbatch.job.JobRunner source: shared objects file")
        .as("the ledger of the new home is a copy of an empty one")
        .doesNotContain("org.flywaydb.core.Flyway source");

    environment.remove("REELBATCH_JAVA_OPTS");
    Path archive = archives().get(0);
    Files.write(archive, new byte[100_000]);
    nothingButTheVersionIsSaid();
    Files.delete(archive);
    nothingButTheVersionIsSaid();
  }

  @Test
  void fileNamesAreReadAlsoWhereTheLocaleIsNotInstalled() throws Exception {
    environment.put("LANG", "xx_XX.UTF-8");
    Path csv = Files.writeString(folder.resolve("镜头.csv"), "prompt\na red kite\n");
    try (Program check = reelbatch("check", csv.toString(), "--home", "the home")) {
      assertThat(check.exit()).as(check.err()).isZero();
      assertThat(check.out()).contains("batch 镜头");
    }
  }

  @Test
  void anArchiveOfAnotherJarIsNotUsed() throws Exception {
    try (Program prepare = reelbatch("prepare")) {
      assertThat(prepare.exit()).as(prepare.err()).isZero();
    }
    try (Stream<Path> libraries = Files.list(installed.resolve("lib"))) {
      for (Path library : libraries.toList()) {
        Files.setLastModifiedTime(library, FileTime.fromMillis(1_000_000_000_000L));
      }
    }
    nothingButTheVersionIsSaid();
  }

  @Test
  void exitCodesPassThroughAndSignalsReachTheProgram() throws Exception {
    try (Program wrong = reelbatch("run", "--no-such-option")) {
      assertThat(wrong.exit()).isEqualTo(2);
    }
    Path settings = installed.resolve("application.yml");
    Files.writeString(settings, "reelbatch: {run: {patienc: 14s}}");
    try (Program mistyped = reelbatch("run", "shots.csv", "--home", "home")) {
      assertThat(mistyped.exit()).isEqualTo(2);
      assertThat(mistyped.err()).contains("reelbatch.run.patienc");
    }
    Files.delete(settings);
    environment.put("JAVA_HOME", "/no/java/here");
    try (Program without = reelbatch("--version")) {
      assertThat(without.exit()).isEqualTo(2);
      assertThat(without.err()).contains("/no/java/here");
    }
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    try (Program simulate = reelbatch("simulate", "--port", "0")) {
      while (simulate.isRunning() && simulate.out().isEmpty()) {
        Thread.sleep(10);
      }
      assertThat(ProcessHandle.of(simulate.pid()).orElseThrow().children()).isEmpty();
      simulate.terminate();
      assertThat(simulate.exit()).isEqualTo(128 + 15);
    }
  }

  @Test
  void optionsThatJavaDoesNotTakeAreAWrongSetting() throws Exception {
    environment.put("REELBATCH_JAVA_OPTS", "-Xmx64m -Dnobody.asks=sk-secret -XX:NoSuchOption=1");
    for (String command : List.of("--version", "prepare")) {
      try (Program wrong = reelbatch(command)) {
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err())
            .contains("REELBATCH_JAVA_OPTS", "NoSuchOption", "Nothing was sent")
            .doesNotContain("sk-secret")
            .hasLineCount(1);
      }
    }
    environment.put("REELBATCH_JAVA_OPTS", "-Xmx64m");
    nothingButTheVersionIsSaid();
  }

  @Test
  void whatTheReadmeSaysToTypeInItIsThere() throws Exception {
    assertThat(Files.readString(installed.resolve("README.md")))
        .contains("`bin/reelbatch run samples/first-run.csv --simulate`");
    assertThat(script).isExecutable();
    assertThat(installed.resolve("samples/first-run.csv")).isRegularFile();
  }

  private void nothingButTheVersionIsSaid() throws InterruptedException {
    try (Program version = reelbatch("--version")) {
      assertThat(version.exit()).isZero();
      assertThat(version.out()).startsWith("reelbatch ").hasLineCount(2);
      assertThat(version.err()).isEmpty();
    }
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> found = Files.list(installed.resolve("archive"))) {
      return found.filter(file -> !file.toString().endsWith(".ledger")).toList();
    }
  }

  private Program reelbatch(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(List.of(arguments));
    return Program.start(folder, folder, environment, command);
  }
}
