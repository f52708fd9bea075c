package io.reelbatch.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one HTTP request ended: with a whole answer, or with something less. */
sealed interface Exchange {

  /**
   * A whole answer.
   *
   * @param retryAfter the header as it came; likewise {@code location} and {@code requestId}
   * @param body text, up to {@link Transport#MOST_BYTES}
   * @param rateHeaders those that {@link RateHeaders} reads, names in lower case
   */
  record Answered(
      int status,
      @Nullable String retryAfter,
      @Nullable String location,
      @Nullable String requestId,
      String body,
      Map<String, String> rateHeaders)
      implements Exchange {

    /** An answer whose head says nothing of rates. */
    Answered(
        int status,
        @Nullable String retryAfter,
        @Nullable String location,
        @Nullable String requestId,
        String body) {
      this(status, retryAfter, location, requestId, body, Map.of());
    }
  }

  /**
   * No answer, or a part of one.
   *
   * @param bodyStarted whether the request's body began to leave; false proves that nothing was
   *     ordered
   * @param timedOut whether it was us who gave up waiting
   * @param status null when not even the answer's head came
   * @param partialBody what was read of the answer; null when nothing was
   */
  record Broken(
      Throwable cause,
      boolean bodyStarted,
      boolean timedOut,
      @Nullable Integer status,
      @Nullable String requestId,
      @Nullable String partialBody)
      implements Exchange {}
}
