package io.reelbatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.RateAdvice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHeadersTest {

  private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1s, 1000",
    "6m0s, 360000",
    "20ms, 20",
    "1h, 3600000",
    "7d, 3600000",
    "0.5, 500",
    "12, 12000",
    "1795165230, 30000",
    "1795165230500, 30500",
    "2026-11-20T09:00:05Z, 5000"
  })
  void whenNothingIsLeftEverybodyWaitsForTheReset(String reset, long millis) {
    var advice = advice("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", reset);

    assertThat(advice).isEqualTo(new RateAdvice(Duration.ofMillis(millis), null, null));
  }

  @ParameterizedTest
  @CsvSource({"soon", "-3", "1s2", "99999999999999999999", "1795078000", "0", "m5"})
  void aResetThatCannotBeReadOrHasPassedAsksForNothing(String reset) {
    assertThat(advice("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset)).isNull();
  }

  @Test
  void whileSomethingIsLeftNobodyWaits() {
    assertThat(advice("x-ratelimit-remaining", "1", "x-ratelimit-reset", "30")).isNull();
    assertThat(advice("x-ratelimit-remaining", "some", "x-ratelimit-reset", "30")).isNull();
    assertThat(advice()).isNull();
  }

  @Test
  void aLimitOfRequestsIsForAMinute() {
    assertThat(advice("x-ratelimit-limit-requests", "60")).isEqualTo(limit(60, 60));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0.2, 1", "2, 60", "59, 60", "61, 3600"})
  void aLimitWithoutATimeIsForTheShortestThatTheResetFitsInto(String reset, long seconds) {
    assertThat(advice("x-ratelimit-limit", "50", "x-ratelimit-reset", reset))
        .isEqualTo(limit(50, seconds));
  }

  @Test
  void aLimitWithoutAnyTimeSaysNothing() {
    assertThat(advice("x-ratelimit-limit", "50")).isNull();
    assertThat(advice("x-ratelimit-limit", "0", "x-ratelimit-reset", "1")).isNull();
  }

  @Test
  void theStandardsOwnHeadersAreRead() {
    assertThat(advice("ratelimit-policy", "100;w=60")).isEqualTo(limit(100, 60));
    assertThat(advice("ratelimit-policy", "\"default\";q=100;w=60")).isEqualTo(limit(100, 60));
    assertThat(advice("ratelimit-policy", "100;w=0")).isNull();
    assertThat(advice("ratelimit-limit", "100, 100;w=60")).isEqualTo(limit(100, 60));
    assertThat(advice("ratelimit", "limit=100, remaining=0, reset=7"))
        .isEqualTo(new RateAdvice(Duration.ofSeconds(7), null, null));
    assertThat(advice("ratelimit", "\"default\";r=0;t=7"))
        .isEqualTo(new RateAdvice(Duration.ofSeconds(7), null, null));
  }

  @Test
  void aWaitInMillisecondsIsRead() {
    assertThat(RateHeaders.pauseInMillis(Map.of("retry-after-ms", "250")))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(RateHeaders.pauseInMillis(Map.of("retry-after-ms", "later"))).isNull();
    assertThat(RateHeaders.pauseInMillis(Map.of())).isNull();
  }

  @Test
  void onlyHeadersAboutRatesAreKept() {
    var answer = new BasicHttpResponse(200);
    answer.addHeader("X-RateLimit-Remaining", " 3 ");
    answer.addHeader("X-RateLimit-Remaining", "4");
    answer.addHeader("RateLimit-Policy", "1;w=1");
    answer.addHeader("X-Rate-Limit-Reset", "9");
    answer.addHeader("Retry-After-Ms", "5");
    answer.addHeader("Set-Cookie", "x");
    answer.addHeader("x-ratelimit-limit", null);

    assertThat(RateHeaders.of(answer))
        .isEqualTo(
            Map.of(
                "x-ratelimit-remaining",
                "3",
                "ratelimit-policy",
                "1;w=1",
                "x-rate-limit-reset",
                "9",
                "retry-after-ms",
                "5"));
  }

  private static RateAdvice limit(long permits, long seconds) {
    return new RateAdvice(null, permits, Duration.ofSeconds(seconds));
  }

  private static @Nullable RateAdvice advice(String... pairs) {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.put(pairs[i], pairs[i + 1]);
    }
    return RateHeaders.advice(headers, NOW);
  }
}
