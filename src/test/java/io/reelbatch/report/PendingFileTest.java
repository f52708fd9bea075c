package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingFileTest {

  private final Path directory;

  PendingFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theTargetAppearsOnlyWhenPublished() {
    Path target = directory.resolve("results.csv");

    try (PendingFile file = new PendingFile(target)) {
      file.append("风筝 🪁");
      file.complete();
      assertThat(target).doesNotExist();
      file.publish();
    }

    assertThat(target).hasContent("风筝 🪁");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatIsNotPublishedLeavesTheTargetAndNothingBeside() throws IOException {
    Path target = Files.writeString(directory.resolve("results.csv"), "earlier");

    try (PendingFile file = new PendingFile(target)) {
      file.append("later");
    }

    assertThat(target).hasContent("earlier");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void theTemporaryFileOfAKilledRunIsNoObstacle() throws IOException {
    Path target = directory.resolve("results.csv");
    Files.writeString(directory.resolve(".results.csv.tmp"), "half a report that is much longer");

    write(target, "whole");

    assertThat(target).hasContent("whole");
  }

  @Test
  void aLinkUnderTheTemporaryNameIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    Files.createSymbolicLink(directory.resolve(".results.csv.tmp"), elsewhere);

    write(directory.resolve("results.csv"), "report");

    assertThat(elsewhere).hasContent("precious");
  }

  @Test
  void halfACharacterIsReplacedAndFailsNothing() {
    Path target = directory.resolve("results.csv");

    write(target, "cut \ud83e,next");

    assertThat(target).hasContent("cut ?,next");
  }

  @Test
  void anInterruptedThreadStillWritesItsReport() {
    Path target = directory.resolve("results.csv");

    Thread.currentThread().interrupt();
    try {
      write(target, "report");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(target).hasContent("report");
  }

  @Test
  void aDirectoryThatIsAFileIsNamedInTheMessage() throws IOException {
    Path file = Files.writeString(directory.resolve("shots-results"), "");

    assertThatThrownBy(() -> PendingFile.prepare(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write " + file + ": it is a file, and a folder is needed");
  }

  @Test
  void aDirectoryThatHasGoneIsNamedInTheMessage() {
    Path target = directory.resolve("gone/results.csv");

    assertThatThrownBy(() -> new PendingFile(target))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write " + target + ": ");
  }

  private static void write(Path target, String text) {
    try (PendingFile file = new PendingFile(target)) {
      file.append(text);
      file.complete();
      file.publish();
    }
  }
}
