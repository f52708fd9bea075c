package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** What the build packed, unpacked as a stranger would. */
final class Distribution {

  private static final Path INSTALLED = Path.of("target", "installed").toAbsolutePath();

  private Distribution() {}

  /**
   * The start script of a place shared by all tests, where {@code prepare} was called: a start then
   * takes half the processor's time. Installed again once the build has packed anew.
   */
  static synchronized Path script() {
    Path script = INSTALLED.resolve("reelbatch").resolve("bin").resolve("reelbatch");
    try {
      Path mark = INSTALLED.resolve("of " + Files.getLastModifiedTime(packed()).toMillis());
      if (!Files.exists(mark)) {
        FileSystemUtils.deleteRecursively(INSTALLED);
        Files.createDirectories(INSTALLED);
        unpackInto(INSTALLED);
        call(INSTALLED, List.of(script.toString(), "prepare"));
        Files.createFile(mark);
      }
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the folder in which it then stands. */
  static Path unpackInto(Path folder) throws IOException {
    call(folder, List.of("tar", "-xzf", packed().toString(), "-C", folder.toString()));
    return folder.resolve("reelbatch");
  }

  private static void call(Path folder, List<String> command) {
    try (Program program = Program.start(Path.of(""), folder, Map.of(), command)) {
      assertThat(program.exit()).as(program.err()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
