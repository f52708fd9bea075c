package io.reelbatch.job;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How fast a run goes and how long the rest takes, about: by its own pace once enough rows have
 * come to their end, before that by how long the newest videos took. Thread-safe.
 */
final class Outlook {

  private static final int ENOUGH = 20;
  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private final MonotonicClock clock;
  private final SubmitProperties pace;
  private final Supplier<Optional<Duration>> newest;
  private final long began;
  private final long endedBefore;
  private Optional<Duration> usual = Optional.empty();
  private boolean asked;

  /**
   * Of a run that begins now.
   *
   * @param before where the rows stand now
   * @param newest how long a video took lately; asked once at most
   */
  Outlook(
      MonotonicClock clock,
      Counts before,
      SubmitProperties pace,
      Supplier<Optional<Duration>> newest) {
    this.clock = clock;
    this.pace = pace;
    this.newest = newest;
    this.began = clock.nanos();
    this.endedBefore = ended(before);
  }

  /** How long it has been going on. */
  Duration since() {
    return Duration.ofNanos(clock.nanos() - began);
  }

  /** Rows that came to their end, a minute; null while none did. */
  @Nullable Double rowsPerMinute(Counts counts) {
    long done = ended(counts) - endedBefore;
    double minutes = (clock.nanos() - began) / MINUTE;
    return done <= 0 || minutes <= 0 ? null : done / minutes;
  }

  /** How long the rows take that can still be brought to their end; null if nothing tells. */
  @Nullable Duration timeLeft(Counts counts) {
    long left = left(counts);
    Double perMinute = rowsPerMinute(counts);
    if (left == 0) {
      return null;
    }
    Optional<Duration> one = ended(counts) - endedBefore < ENOUGH ? usual() : Optional.empty();
    if (one.isPresent()) {
      Duration sending = pace.rate().interval().multipliedBy(counts.of(RowState.PLANNED));
      Duration making = Forecast.making(one.get(), left, pace);
      return making.compareTo(sending) > 0 ? making : sending;
    }
    return perMinute == null ? null : Duration.ofSeconds(Math.round(left / perMinute * 60));
  }

  private synchronized Optional<Duration> usual() {
    if (!asked) {
      usual = newest.get();
      asked = true;
    }
    return usual;
  }

  /** Rows that a run could still bring to their end. */
  static long left(Counts counts) {
    return counts.of(RowState.PLANNED, RowState.SENDING, RowState.ACCEPTED);
  }

  private static long ended(Counts counts) {
    return counts.of(
        RowState.SUCCEEDED, RowState.FAILED, RowState.REFUSED, RowState.LOST, RowState.SKIPPED);
  }
}
