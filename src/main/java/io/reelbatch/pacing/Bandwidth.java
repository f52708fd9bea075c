package io.reelbatch.pacing;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many bytes may come in a second, over all downloads together. Thread-safe. */
public final class Bandwidth {

  private static final int SAVED_UP = 10;

  private final @Nullable Bucket bucket;

  private Bandwidth(@Nullable Bucket bucket) {
    this.bucket = bucket;
  }

  /** As many as there are. */
  public static Bandwidth unlimited() {
    return new Bandwidth(null);
  }

  /** So many a second; a tenth of a second's worth at once. */
  public static Bandwidth of(long bytes, MonotonicClock clock) {
    return new Bandwidth(
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(Math.max(1, bytes / SAVED_UP))
                        .refillGreedy(bytes, Duration.ofSeconds(1)))
            .withCustomTimePrecision(new Permits.Meter(clock, clock.nanos()))
            .build());
  }

  /** Bytes have come; returns how long nothing more may be read by whoever took them. */
  public Duration took(int bytes) {
    return bucket == null || bytes <= 0
        ? Duration.ZERO
        : Duration.ofNanos(bucket.consumeIgnoringRateLimits(bytes));
  }
}
