package io.reelbatch.report;

import io.reelbatch.ledger.InputLines;
import io.reelbatch.ledger.ReportLine;
import java.util.List;

/** Where the lines of a report come from, page by page. */
public interface LineSource {

  /** The lines of an input as the ledger has them. */
  static LineSource of(InputLines lines) {
    return new LineSource() {
      @Override
      public List<String> columns() {
        return lines.columns();
      }

      @Override
      public List<ReportLine> after(long position, int limit) {
        return lines.after(position, limit);
      }
    };
  }

  /** The header's cells as the file has them. */
  List<String> columns();

  /**
   * The next lines in the input's order; empty after the last one.
   *
   * @param position where the last line stands that was already read; 0 to begin
   */
  List<ReportLine> after(long position, int limit);
}
