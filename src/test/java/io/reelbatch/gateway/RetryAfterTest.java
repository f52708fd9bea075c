package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          0                             | PT0S
          7                             | PT7S
          1.5                           | PT1.5S
          86400                         | PT1H
          999999999999999999            | PT1H
          Fri, 20 Nov 2026 09:01:30 GMT | PT1M30S
          Fri, 20 Nov 2026 08:00:00 GMT | PT0S
          Fri, 20 Nov 2099 08:00:00 GMT | PT1H
          -1                            | -
          soon                          | -
          9999999999999999999999        | -
          -                             | -
          """)
  void secondsAndDatesAreUnderstoodWithinReasonAndAllElseIsNoWord(
      @Nullable String header, @Nullable Duration wait) {
    assertThat(RetryAfter.read(header, Instant.parse("2026-11-20T09:00:00Z"))).isEqualTo(wait);
  }
}
