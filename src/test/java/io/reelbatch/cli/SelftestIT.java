package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The selftest of the packaged program, with a few kills. */
class SelftestIT {

  @TempDir Path folder;

  @Test
  void itCertifiesThatAllIsAsPromisedAndLeavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));

    try (Program selftest =
        Program.start(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            "selftest",
            "--kills",
            "6",
            "--rows",
            "30",
            "--crowd",
            "4",
            "--seed",
            "1")) {
      int exit = selftest.exit();

      assertThat(selftest.out().lines())
          .anyMatch(line -> line.matches("kills +6 .*"))
          .anyMatch(line -> line.matches("duplicates +0 .*"))
          .anyMatch(line -> line.matches("lost +0 .*"))
          .anyMatch(line -> line.matches("overspend +0 .*"))
          .anyMatch(line -> line.matches("unexplained +0 .*"))
          .last()
          .isEqualTo("all as promised");
      assertThat(exit).isZero();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aFolderThatHoldsOtherEvidenceIsLeftAlone() throws Exception {
    Path kept = Files.writeString(folder.resolve("evidence.txt"), "of an earlier selftest");

    try (Program selftest =
        Program.start(folder, Map.of(), "selftest", "--keep", folder.toString())) {
      assertThat(selftest.exit()).isEqualTo(2);
      assertThat(selftest.err()).contains("--keep", "empty");
    }
    assertThat(kept).hasContent("of an earlier selftest");
  }
}
