package io.reelbatch.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The end of a model.
 *
 * @param day the first day (UTC) on which it is not served any more
 * @param successor the model to use instead; null when none is named
 */
public record Retirement(LocalDate day, @Nullable String successor) {

  /** Whether the model is gone. */
  public boolean isPast(LocalDate today) {
    return !day.isAfter(today);
  }
}
