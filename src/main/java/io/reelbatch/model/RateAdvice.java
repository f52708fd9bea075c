package io.reelbatch.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway said of its own rate, beside an answer.
 *
 * @param pause how long nothing more is allowed; null if something is, or if it did not say
 * @param permits requests that it allows in {@code per}; null if it did not say
 */
public record RateAdvice(
    @Nullable Duration pause, @Nullable Long permits, @Nullable Duration per) {}
