package io.reelbatch.model;

import org.jspecify.annotations.Nullable;

/**
 * A line of the CSV that may be sent: its order, and what tells it from other rows.
 *
 * @param id the {@code id} column, cleaned; null when empty
 * @param content hash of the order as written
 * @param source null exactly for a creation
 */
public record WrittenOrder(
    @Nullable String id, ContentHash content, Order order, @Nullable SourceRef source) {

  public WrittenOrder {
    if (order.operation().needsSource() != (source != null)) {
      throw new IllegalArgumentException("a remix or an extension has a source, nothing else has");
    }
  }
}
