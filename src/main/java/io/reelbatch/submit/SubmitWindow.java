package io.reelbatch.submit;

import io.reelbatch.ledger.PlannedRow;
import java.util.List;

/** Rows that hold a permit each and may be sent at once. Never empty. */
public record SubmitWindow(List<PlannedRow> rows) {

  /** Checks the window. */
  public SubmitWindow {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a window has rows");
    }
  }
}
