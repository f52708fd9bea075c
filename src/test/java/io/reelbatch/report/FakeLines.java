package io.reelbatch.report;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.InputLine;
import java.util.ArrayList;
import java.util.List;

/** An input in memory; counts the pages that were asked for. */
final class FakeLines implements LineSource {

  private final List<String> columns;
  private final List<ReportLine> lines;
  private int pages;
  private int longestPage;
  private long brokenAfter = Long.MAX_VALUE;

  FakeLines(List<String> columns, ReportLine... lines) {
    this(columns, List.of(lines));
  }

  FakeLines(List<String> columns, List<ReportLine> lines) {
    this.columns = columns;
    this.lines = new ArrayList<>(lines);
  }

  /** The ledger fails when asked for what comes after this line. */
  FakeLines breaksAfter(long line) {
    brokenAfter = line;
    return this;
  }

  int pages() {
    return pages;
  }

  int longestPage() {
    return longestPage;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<ReportLine> after(long position, int limit) {
    if (InputLine.lineAt(position) >= brokenAfter) {
      throw new IllegalStateException("the ledger broke");
    }
    pages++;
    List<ReportLine> page =
        lines.stream().filter(found -> found.position() > position).limit(limit).toList();
    longestPage = Math.max(longestPage, page.size());
    return page;
  }
}
