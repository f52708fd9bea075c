package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The language changes what people read, and nothing else. */
class LanguageProgramIT {

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void aFile() throws Exception {
    csv = Files.writeString(folder.resolve("shots.csv"), "prompt\none\ntwo [sim:fail]\n");
  }

  @Test
  void figuresForProgramsAndExitCodesAreTheSame() throws Exception {
    assertThat(said(3, "run", csv.toString(), "--lang", "zh")).contains("共 2 行：1 条已完成，1 条失败");
    assertThat(said(3, "run", csv.toString(), "--lang", "en")).contains("2 lines: 1 succeeded");

    for (String command : new String[] {"batches", "models"}) {
      assertThat(timeless(said(0, command, "--json", "--lang", "zh")))
          .isNotEmpty()
          .isEqualTo(timeless(said(0, command, "--json", "--lang=en")));
    }
  }

  @Test
  void theEnvironmentSaysItToo() throws Exception {
    try (Program help =
        Program.start(folder, Map.of("REELBATCH_LANG", "zh_CN.UTF-8"), "run", "--help")) {
      assertThat(help.exit()).isZero();
      assertThat(help.out()).contains("用法：reelbatch run");
    }
  }

  @Test
  void aQuietRunSaysNothingWhileAllIsWellAndElseWhatAPersonMustKnow() throws Exception {
    Path good = Files.writeString(folder.resolve("good.csv"), "prompt\none\n");
    assertThat(said(0, "run", good.toString(), "--quiet")).isEmpty();
    assertThat(said(0, "run", good.toString(), "--quiet")).isEmpty();

    try (Program run = simulated("run", csv.toString(), "--quiet", "--lang", "en")) {
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("1 failed", "report.html");
    }
  }

  private static String timeless(String json) {
    return json.replaceAll("(\"at\" : )\"[^\"]*\"", "$1");
  }

  private String said(int code, String... arguments) throws InterruptedException {
    try (Program program = simulated(arguments)) {
      assertThat(program.exit()).as(program.err()).isEqualTo(code);
      assertThat(program.err()).doesNotContain("ERROR");
      return program.out() + (code == 0 ? program.err() : "");
    }
  }

  private Program simulated(String... arguments) {
    boolean hasHome = !arguments[0].equals("models");
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + (hasHome ? 3 : 0));
    if (hasHome) {
      all[arguments.length] = "--simulate";
      all[arguments.length + 1] = "--home";
      all[arguments.length + 2] = folder.resolve("home").toString();
    }
    return Program.start(folder, Map.of(), all);
  }
}
