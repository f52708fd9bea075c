package io.reelbatch.model;

/**
 * A row's identity within its batch: what it asks for, never where it stands in the file. Either
 * the {@code id} column as written, or {@code ~hash.occurrence} of the order as written.
 */
public record RowKey(String value) {

  /** What a made key starts with; an {@code id} column may not. */
  public static final String MADE = "~";

  public RowKey {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a row's key is not empty");
    }
  }

  /**
   * The key of a row without an {@code id}.
   *
   * @param occurrence 1 for the first row that asks for this, 2 for the next
   */
  public static RowKey of(ContentHash hash, int occurrence) {
    return new RowKey(MADE + hash.value() + "." + occurrence);
  }

  @Override
  public String toString() {
    return value;
  }
}
