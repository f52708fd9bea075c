package io.reelbatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BinsTest {

  @Test
  void valuesThatLieCloseAreToldApart() {
    Bins bins = bins(10, 1000, 1050, 1420);

    assertThat(bins.width()).isEqualTo(100);
    assertThat(bins.start()).isEqualTo(1000);
    assertThat(bins.end()).isEqualTo(1500);
    assertThat(bins.at(1000)).isEqualTo(2);
    assertThat(bins.at(1100)).isZero();
    assertThat(bins.at(1400)).isEqualTo(1);
  }

  @Test
  void valuesThatSpreadWidenTheBinsAndNoneIsLost() {
    Bins bins = new Bins(96);
    SplittableRandom random = new SplittableRandom(1);
    long start = Duration.ofDays(20_000).toMillis();
    for (int i = 0; i < 100_000; i++) {
      bins.add(start + random.nextLong(Duration.ofDays(400).toMillis()));
    }

    long counted = 0;
    int n = 0;
    for (long at = bins.start(); at < bins.end(); at += bins.width()) {
      counted += bins.at(at);
      n++;
    }
    assertThat(counted).isEqualTo(100_000);
    assertThat(n).isLessThanOrEqualTo(96);
  }

  @Test
  void theOrderOfTheValuesDoesNotMatter() {
    Bins up = bins(10, 0, 100, 60_000, 3_600_000);
    Bins down = bins(10, 3_600_000, 60_000, 100, 0);

    assertThat(down.width()).isEqualTo(up.width());
    assertThat(down.at(0)).isEqualTo(up.at(0)).isEqualTo(3);
  }

  @Test
  void aShareOfTheValuesLiesBelowTheEndOfItsBin() {
    Bins bins = bins(400, 1000, 2000, 3000, 30_000);

    assertThat(bins.below(0.5)).isEqualTo(2100);
    assertThat(bins.below(0.75)).isEqualTo(3100);
    assertThat(bins.below(1)).isEqualTo(30_100);
  }

  @Test
  void aWiderCopyLeavesTheOriginalAsItIs() {
    Bins bins = bins(10, 0, 400, 700);

    Bins wide = bins.atLeast(500);

    assertThat(wide.at(0)).isEqualTo(2);
    assertThat(wide.at(500)).isEqualTo(1);
    assertThat(bins.width()).isEqualTo(100);
  }

  private static Bins bins(int most, long... values) {
    Bins bins = new Bins(most);
    for (long value : values) {
      bins.add(value);
    }
    return bins;
  }
}
