package io.reelbatch.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {

  @TempDir Path folder;

  @Test
  void itHasTheRowsAskedForAndNoTwoAlike() throws IOException {
    Scenario scenario = new Scenario("b1", 200, new SplittableRandom(1));

    assertThat(scenario.prompts()).hasSize(200).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(scenario.write(folder)))
        .hasSize(201)
        .anyMatch(line -> line.contains(",remix,"))
        .anyMatch(line -> line.contains(",extend,"))
        .anyMatch(line -> line.contains("[sim:hang-up]"));
  }

  @Test
  void aSeedDrawsTheSameAgain() {
    assertThat(new Scenario("b1", 50, new SplittableRandom(7)).prompts())
        .isEqualTo(new Scenario("b1", 50, new SplittableRandom(7)).prompts())
        .isNotEqualTo(new Scenario("b1", 50, new SplittableRandom(8)).prompts());
  }
}
