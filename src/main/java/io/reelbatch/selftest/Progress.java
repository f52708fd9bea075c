package io.reelbatch.selftest;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Says now and then how far the selftest is. Thread-safe. */
final class Progress implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final PrintWriter words;
  private final long begun = System.nanoTime();
  private final Timer clock = new Timer("progress", true);

  Progress(KillBudget budget, AtomicInteger batches, PrintWriter words) {
    this.words = words;
    clock.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            say(budget + ", " + batches + " batches begun");
          }
        },
        EVERY.toMillis(),
        EVERY.toMillis());
  }

  /** Says this at once. */
  void say(String what) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    words.printf("%5d s  %s%n", seconds, what);
    words.flush();
  }

  @Override
  public void close() {
    clock.cancel();
  }
}
