package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.csv.OrderDefaults;
import io.reelbatch.csv.OrderFile;
import io.reelbatch.job.ShippedModels;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Operation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A file to begin from that works as it is. */
class InitCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void theStarterIsRightAndHasEveryOperation(String language) throws Exception {
    Path file = folder.resolve("shots.csv");

    assertThat(ReelbatchCommand.execute("init", file.toString(), "--lang", language)).isZero();

    List<Operation> operations = new ArrayList<>();
    List<LineError> errors = new ArrayList<>();
    try (OrderFile orders =
        OrderFile.open(
            file, ShippedModels.catalogue(), new OrderDefaults("sora-2-pro", "grok-video-3"))) {
      for (InputLine line = orders.next(); line != null; line = orders.next()) {
        errors.addAll(line.errors());
        operations.add(Objects.requireNonNull(line.order(), line::toString).order().operation());
      }
      assertThat(orders.warnings()).isEmpty();
    }
    assertThat(errors).isEmpty();
    assertThat(operations).contains(Operation.values());
  }

  @Test
  void aFileThatIsThereIsLeftAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("shots.csv"), "mine");

    assertThat(ReelbatchCommand.execute("init", file.toString())).isEqualTo(2);

    assertThat(file).hasContent("mine");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    StringWriter said = new StringWriter();
    CommandLine line = ReelbatchCommand.whole(Language.EN).setErr(new PrintWriter(said, true));
    Path file = folder.resolve("new").resolve("x.csv");

    assertThat(line.execute("init", file.toString())).isEqualTo(2);

    assertThat(said.toString()).contains("there is no folder " + folder.resolve("new"));
  }
}
