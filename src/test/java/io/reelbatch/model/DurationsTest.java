package io.reelbatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "200ms, PT0.2S",
    "90s, PT90S",
    "20m, PT20M",
    "2h, PT2H",
    "1d, P1D",
    "2 h, PT2H",
    "PT1H30M, PT90M"
  })
  void aTimeIsANumberAndItsUnit(String written, Duration time) {
    assertThat(Durations.parse(written)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "", "h", "5 weeks", "-5s", "1.5h", "P", "pt1x"})
  void whatHasNoUnitIsNoTimeSinceItMightBeSecondsOrHours(String written) {
    assertThatThrownBy(() -> Durations.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2h");
  }
}
