package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.BatchName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private final Commands commands =
      new Commands(
          Path.of("/data/o'clock"),
          List.of("run", "镜头.csv", "--budget", "20 USD", "$(rm x)"),
          List.of("--home", "/home/a b"));

  @Test
  void aShellReadsEachWordAsItWasGiven() {
    assertThat(commands.again())
        .isEqualTo("cd '/data/o'\\''clock' && reelbatch run 镜头.csv --budget '20 USD' '$(rm x)'");
  }

  @Test
  void retryingIsAskedForOnce() {
    Commands retried =
        new Commands(Path.of("/"), List.of("run", "a.csv", "--retry-failed"), List.of());

    assertThat(commands.retry()).endsWith(" --retry-failed");
    assertThat(retried.retry()).isEqualTo("cd / && reelbatch run a.csv --retry-failed");
  }

  @Test
  void aCommandAboutTheBatchNamesItsHome() {
    assertThat(commands.about(new BatchName("shots"), "doubt", "list"))
        .isEqualTo("reelbatch doubt list --batch shots --home '/home/a b'");
  }
}
