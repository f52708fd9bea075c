package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run whose ledger's file broke comes to an end, if not by itself. */
class LedgerGuardTest {

  private static final Duration GRACE = Duration.ofMinutes(4);

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private boolean broken;
  private long now;
  private final LedgerGuard guard =
      new LedgerGuard(
          () -> broken,
          () -> done.add("given up"),
          GRACE,
          () -> now,
          () -> done.add("told"),
          () -> done.add("ended"));

  @Test
  void aFileThatIsWholeEndsNothing() {
    guard.look();
    now += 2 * GRACE.toNanos();
    guard.look();

    assertThat(done).isEmpty();
  }

  @Test
  void whoWaitsForABrokenFileIsLetGoAtOnceAndTheProcessIsEndedOnceAnswersHadTheirTime() {
    broken = true;
    guard.look();
    assertThat(done).containsExactly("given up");

    now += GRACE.toNanos() - 1;
    guard.look();
    assertThat(done).containsExactly("given up");

    now += 1;
    guard.look();
    assertThat(done).containsExactly("given up", "told", "ended");
  }
}
