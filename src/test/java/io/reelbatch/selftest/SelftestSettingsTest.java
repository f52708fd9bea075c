package io.reelbatch.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SelftestSettingsTest {

  @Test
  void theCommandThatProvesTheSameAgainNamesTheServerAndNotItsAddress() {
    assertThat(settings(Map.of()).typed())
        .isEqualTo("reelbatch selftest --kills 3 --seed 1 --rows 10 --in-flight 8 --crowd 2");
    assertThat(settings(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://db/scratch")).typed())
        .isEqualTo(
            "reelbatch selftest --kills 3 --seed 1 --rows 10 --in-flight 8 --crowd 2 --server");
  }

  private static SelftestSettings settings(Map<String, String> server) {
    return new SelftestSettings(3, 1, 10, 8, 2, 2, null, server);
  }
}
