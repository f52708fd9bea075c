package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PulseTest {

  private static final Duration LONG = Duration.ofDays(1);

  private final Pulse pulse = new Pulse();

  @Test
  void aBeatSinceTheLastLookEndsTheWaitBeforeItBegins() throws InterruptedException {
    long seen = pulse.beats();
    pulse.beat();

    // Each would take 200 ms if the beat were missed.
    assertThat(millisOf(() -> waits(100, seen, LONG))).isLessThan(10_000);
  }

  @Test
  void aMissedBeatCostsAMomentNeverAHang() throws InterruptedException {
    assertThat(millisOf(() -> pulse.await(pulse.beats(), LONG))).isBetween(190L, 15_000L);
  }

  @Test
  void nobodyWaitsLongerThanAsked() throws InterruptedException {
    // Each would take 200 ms if what was asked did not count.
    assertThat(millisOf(() -> waits(100, pulse.beats(), Duration.ofMillis(2))))
        .isBetween(100L, 15_000L);
  }

  @Test
  void aWaitOfNothingIsStillAWaitAndNotAHang() throws InterruptedException {
    assertThat(millisOf(() -> waits(50, pulse.beats(), Duration.ZERO))).isBetween(40L, 9_000L);
    assertThat(millisOf(() -> waits(50, pulse.beats(), Duration.ofSeconds(-1))))
        .isBetween(40L, 9_000L);
  }

  @Test
  void aBeatWakesAllWhoWait() throws Exception {
    var woken = new CompletableFuture<?>[20];
    for (int i = 0; i < woken.length; i++) {
      woken[i] = CompletableFuture.runAsync(this::waitUntilItBeats);
    }

    pulse.beat();

    CompletableFuture.allOf(woken).get(15, TimeUnit.SECONDS);
    assertThat(pulse.beats()).isEqualTo(1);
  }

  @Test
  void aBeatEndsAWaitThatIsUnderWay() throws Exception {
    var answer = new Pulse();
    var partner =
        CompletableFuture.runAsync(
            () -> {
              for (int turn = 1; turn <= 50; turn++) {
                awaitBeats(pulse, turn);
                answer.beat();
              }
            });

    long millis =
        millisOf(
            () -> {
              for (int turn = 1; turn <= 50; turn++) {
                pulse.beat();
                awaitBeats(answer, turn);
              }
            });

    // A turn would take up to 400 ms if a beat woke nobody.
    partner.get(15, TimeUnit.SECONDS);
    assertThat(millis).isLessThan(5_000);
  }

  private static void awaitBeats(Pulse pulse, int beats) {
    try {
      for (long seen = pulse.beats(); seen < beats; seen = pulse.beats()) {
        pulse.await(seen, LONG);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void waitUntilItBeats() {
    awaitBeats(pulse, 1);
  }

  private void waits(int times, long seen, Duration max) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      pulse.await(seen, max);
    }
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  private static long millisOf(Wait wait) throws InterruptedException {
    long before = System.nanoTime();
    wait.run();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
  }
}
