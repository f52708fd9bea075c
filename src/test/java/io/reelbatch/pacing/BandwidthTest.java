package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BandwidthTest {

  private static final int SECONDS = 100;
  private static final int PIECE = 65_536;

  private final HandTime time = new HandTime();

  @Test
  void overTimeNoMoreComesThanIsAllowed() {
    Bandwidth bandwidth = Bandwidth.of(1_000_000, time);
    long start = time.nanos();
    long taken = 0;
    while (time.nanos() - start < Duration.ofSeconds(SECONDS).toNanos()) {
      taken += PIECE;
      time.pass(bandwidth.took(PIECE));
    }

    assertThat(taken).isBetween(99_000_000L, 100_300_000L);
  }

  @Test
  void severalShareIt() {
    Bandwidth bandwidth = Bandwidth.of(100_000, time);

    assertThat(bandwidth.took(100_000)).isBetween(Duration.ofMillis(890), Duration.ofMillis(910));
    assertThat(bandwidth.took(100_000)).isBetween(Duration.ofMillis(1890), Duration.ofMillis(1910));
  }

  @Test
  void withoutALimitNobodyWaits() {
    assertThat(Bandwidth.unlimited().took(Integer.MAX_VALUE)).isZero();
    assertThat(Bandwidth.of(1000, time).took(0)).isZero();
  }
}
