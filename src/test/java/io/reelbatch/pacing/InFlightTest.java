package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final Pulse pulse = new Pulse();
  private final Deque<Runnable> handedOver = new ArrayDeque<>();
  private final InFlight inFlight = new InFlight(3, handedOver::add, pulse);

  @Test
  void whatIsUnderWayIsNotFree() {
    inFlight.start(() -> {});
    inFlight.start(() -> {});

    assertThat(inFlight.running()).isEqualTo(2);
    assertThat(inFlight.free()).isEqualTo(1);
    handedOver.pop().run();
    assertThat(inFlight.running()).isEqualTo(1);
    assertThat(inFlight.free()).isEqualTo(2);
    assertThat(inFlight.failure()).isEmpty();
  }

  @Test
  void whoWaitsIsWokenWhenOneEnds() {
    inFlight.start(() -> {});
    long seen = pulse.beats();

    handedOver.pop().run();

    assertThat(pulse.beats()).isGreaterThan(seen);
  }

  @Test
  void oneIsOverBeforeItsEndIsToldToThoseWhoWait() {
    Executor atOnce = Runnable::run;
    var own = new InFlight(1, atOnce, pulse);

    own.start(() -> assertThat(own.running()).isEqualTo(1));

    assertThat(own.failure()).isEmpty();
    assertThat(own.running()).isZero();
  }

  @Test
  void theFirstFailureIsKeptAndTheOthersGoOn() {
    var first = new IllegalStateException("first");
    inFlight.start(
        () -> {
          throw first;
        });
    inFlight.start(
        () -> {
          throw new IllegalStateException("second");
        });
    inFlight.start(() -> {});

    handedOver.pop().run();
    handedOver.pop().run();

    assertThat(inFlight.failure()).containsSame(first);
    assertThat(inFlight.running()).isEqualTo(1);
    handedOver.pop().run();
    assertThat(inFlight.running()).isZero();
    assertThat(inFlight.failure()).containsSame(first);
  }

  @Test
  void aRequestThatDiesOfAnErrorIsAFailureAndNotUnderWayForEver() {
    var error = new NoClassDefFoundError("io/example/Missing");
    inFlight.start(
        () -> {
          throw error;
        });

    handedOver.pop().run();

    assertThat(inFlight.running()).isZero();
    assertThat(inFlight.failure().orElseThrow()).hasCause(error);
  }

  @Test
  void aFailureBeforeTheStartIsKeptWhileThoseUnderWayAreAwaited() {
    var failure = new IllegalStateException("the ledger is closed");
    inFlight.start(() -> {});

    inFlight.fail(failure);
    inFlight.fail(new IllegalStateException("later"));

    assertThat(inFlight.failure()).containsSame(failure);
    assertThat(inFlight.running()).isEqualTo(1);
  }

  @Test
  void aRequestThatNoThreadTakesIsAFailureAndNotUnderWay() {
    var full = new RejectedExecutionException("full");
    var own =
        new InFlight(
            2,
            task -> {
              throw full;
            },
            pulse);

    own.start(() -> {});

    assertThat(own.failure()).containsSame(full);
    assertThat(own.running()).isZero();
    assertThat(own.free()).isEqualTo(2);
  }

  @Test
  void aThreadThatCannotBeMadeIsAFailureAndNotUnderWay() {
    var full = new InternalError("unable to create native thread");
    var own =
        new InFlight(
            2,
            task -> {
              throw full;
            },
            pulse);

    own.start(() -> {});

    assertThat(own.failure().orElseThrow()).hasCause(full);
    assertThat(own.running()).isZero();
  }

  @Test
  void manyThreadsNeitherLoseOneNorCountOneTwice() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var own = new InFlight(8, threads, pulse);
      var over = new CountDownLatch(5_000);
      for (int i = 0; i < 5_000; i++) {
        int n = i;
        own.start(
            () -> {
              over.countDown();
              if (n % 3 == 0) {
                throw new IllegalStateException("every third");
              }
            });
      }

      assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
      threads.shutdown();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(own.running()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }
}
