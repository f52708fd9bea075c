package io.reelbatch.model;

import org.jspecify.annotations.Nullable;

/**
 * A row of the CSV that may be sent: its order, and what tells it from other rows.
 *
 * @param id the {@code id} column, cleaned, for further variants with their number; null when empty
 * @param content hash of the order as written
 * @param source null exactly for a creation
 */
public record WrittenOrder(
    @Nullable String id, ContentHash content, Order order, @Nullable SourceRef source) {

  // Stands in no id that a person gives.
  private static final String MARK = "#";
  private static final String FIRST = MARK + "1";

  public WrittenOrder {
    if (order.operation().needsSource() != (source != null)) {
      throw new IllegalArgumentException("a remix or an extension has a source, nothing else has");
    }
  }

  /**
   * One of the rows of a line that orders several. The first keeps the line's id: it is the row
   * that the line was before it ordered more, and stays it when it orders one again.
   *
   * @param number from 1
   */
  public WrittenOrder variant(int number) {
    return id == null || number == 1
        ? this
        : new WrittenOrder(id + MARK + number, content, order, source);
  }

  /** The id of a row that may be named as the first of several. */
  public static String withoutFirst(String id) {
    return id.endsWith(FIRST) ? id.substring(0, id.length() - FIRST.length()) : id;
  }

  /** How the first of several rows is shown to people. */
  public static String asFirst(String id) {
    return id + FIRST;
  }
}
