package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @ParameterizedTest
  @CsvSource({
    "2/s, 2, PT1S, 2/s",
    "90/m, 90, PT1M, 90/m",
    "5000/h, 5000, PT1H, 5000/h",
    "' 7 / S ', 7, PT1S, 7/s",
    "999999999/s, 999999999, PT1S, 999999999/s"
  })
  void aRateIsReadAsPeopleWriteIt(String text, long permits, Duration per, String shown) {
    Rate rate = Rate.valueOf(text);

    assertThat(rate).isEqualTo(new Rate(permits, per)).hasToString(shown);
    assertThat(Rate.valueOf(rate.toString())).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "/s", "-2/s", "2/d", "2/sec", "1.5/s", "2 per s", "9999999999/s"})
  void whatIsNoRateIsRefusedWithAnExampleOfOne(String text) {
    assertThatThrownBy(() -> Rate.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a rate; write it as 2/s, 90/m or 5000/h", text);
  }

  @Test
  void aRateIsAtLeastOneATime() {
    assertThatThrownBy(() -> Rate.valueOf("0/s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a rate is at least 1 a time, for example 2/s");
    assertThatThrownBy(() -> new Rate(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(1, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theIntervalIsTheTimeBetweenTwo() {
    assertThat(Rate.valueOf("2/s").interval()).isEqualTo(Duration.ofMillis(500));
    assertThat(Rate.valueOf("5000/h").interval()).isEqualTo(Duration.ofMillis(720));
  }

  @Test
  void anUnusualTimeIsShownAsItIs() {
    assertThat(new Rate(3, Duration.ofSeconds(10))).hasToString("3/PT10S");
  }
}
