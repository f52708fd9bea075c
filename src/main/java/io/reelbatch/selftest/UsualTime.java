package io.reelbatch.selftest;

import java.time.Duration;

/** How long a run takes here that nobody kills; a kill at any time falls within it. Thread-safe. */
final class UsualTime {

  private Duration time = Duration.ofSeconds(4);

  /** One run took this long. */
  synchronized void took(Duration one) {
    time = time.multipliedBy(3).plus(one).dividedBy(4);
  }

  synchronized Duration time() {
    return time;
  }
}
