package io.reelbatch.report;

/** What a report has only where somebody asks for it. */
public enum ReportExtra {
  /** The mark at the beginning of its CSVs by which Excel knows that they are UTF-8. */
  BYTE_ORDER_MARK,
  /** {@code results.xlsx} beside {@code results.csv}. */
  WORKBOOK
}
