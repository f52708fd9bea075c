package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the build packed, unpacked as a stranger would. */
final class Distribution {

  private Distribution() {}

  /** Gives the folder in which it then stands. */
  static Path unpackInto(Path folder) throws IOException, InterruptedException {
    List<String> tar = List.of("tar", "-xzf", packed().toString(), "-C", folder.toString());
    try (Program program = Program.start(Path.of(""), folder, Map.of(), tar)) {
      assertThat(program.exit()).as(program.err()).isZero();
    }
    return folder.resolve("reelbatch");
  }

  private static Path packed() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      return built
          .filter(file -> String.valueOf(file.getFileName()).matches("reelbatch-.*\\.tar\\.gz"))
          .findFirst()
          .orElseThrow();
    }
  }
}
