package io.reelbatch.model;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway said, kept for support and for the report.
 *
 * @param httpStatus null when no answer came
 * @param requestId the gateway's own number of the request ({@code X-Oneapi-Request-Id})
 * @param raw the answer's body as text, cut to a bounded length; null when no answer came
 * @param advice what the answer's head says of the gateway's rate; not kept
 */
public record Evidence(
    @Nullable Integer httpStatus,
    @Nullable String requestId,
    @Nullable String raw,
    @Nullable RateAdvice advice) {

  /** An answer that says nothing of rates. */
  public Evidence(@Nullable Integer httpStatus, @Nullable String requestId, @Nullable String raw) {
    this(httpStatus, requestId, raw, null);
  }

  /** No answer came. */
  public static final Evidence NONE = new Evidence(null, null, null);
}
