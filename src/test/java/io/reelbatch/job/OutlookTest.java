package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Rate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a run takes, by what is known. */
class OutlookTest {

  private Duration since = Duration.ZERO;

  @Test
  void nothingIsSaidWhileNothingIsKnown() {
    Outlook outlook = outlook(Optional.empty());
    since = Duration.ofMinutes(1);

    assertThat(outlook.timeLeft(counts(100, 0))).isNull();
    assertThat(outlook.rowsPerMinute(counts(100, 0))).isNull();
  }

  @Test
  void beforeEnoughRowsAreDoneTheNewestVideosTell() {
    Outlook outlook = outlook(Optional.of(Duration.ofMinutes(2)));
    since = Duration.ofMinutes(10);

    // 100 videos of 2 minutes, 10 at a time; 1000 rows at 1/s take longer to send than to make
    assertThat(outlook.timeLeft(counts(100, 1))).isEqualTo(Duration.ofMinutes(20));
    Outlook quick = outlook(Optional.of(Duration.ofSeconds(1)));
    assertThat(quick.timeLeft(counts(1000, 1))).isEqualTo(Duration.ofSeconds(1000));
  }

  @Test
  void thenTheRunsOwnPaceCounts() {
    Outlook outlook = outlook(Optional.of(Duration.ofMinutes(2)));
    since = Duration.ofMinutes(10);

    assertThat(outlook.rowsPerMinute(counts(40, 20))).isEqualTo(2.0);
    assertThat(outlook.timeLeft(counts(40, 20))).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void aRunWithNothingLeftHasNoTimeLeft() {
    assertThat(outlook(Optional.of(Duration.ofMinutes(2))).timeLeft(counts(0, 20))).isNull();
  }

  private Outlook outlook(Optional<Duration> newest) {
    return new Outlook(
        () -> since.toNanos(),
        counts(100, 0),
        new SubmitProperties(Rate.valueOf("1/s"), Map.of(), 8, 10),
        () -> newest);
  }

  private static Counts counts(long planned, long succeeded) {
    return new Counts(Map.of(RowState.PLANNED, planned, RowState.SUCCEEDED, succeeded));
  }
}
