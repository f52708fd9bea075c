package io.reelbatch.report;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of one input: every line exactly once, in the input's order. Needs the same
 * memory for any number of lines. Can be repeated; not thread-safe, and one process at a time may
 * write to a directory.
 */
public final class ReportWriter {

  private static final int PAGE = 500;

  /** Their end is certain: refused, failed by the gateway's own word, or never sent. */
  private static final Set<RowState> SAFE_TO_SEND_AGAIN =
      EnumSet.of(RowState.FAILED, RowState.REFUSED, RowState.SKIPPED);

  private final LineSource lines;
  private final Path directory;
  private final Briefing briefing;
  private final Set<ReportExtra> extras;

  /**
   * A writer of reports.
   *
   * @param directory where the files go; made when it is not there
   * @param briefing what the page tells beyond the lines
   * @param extras what it has besides the usual files
   */
  public ReportWriter(
      LineSource lines, Path directory, Briefing briefing, Set<ReportExtra> extras) {
    this.lines = lines;
    this.directory = directory;
    this.briefing = briefing;
    this.extras = Set.copyOf(extras);
  }

  /** A writer of reports without extras. */
  public ReportWriter(LineSource lines, Path directory, Briefing briefing) {
    this(lines, directory, briefing, Set.of());
  }

  /**
   * Replaces the earlier report. Nothing of it is touched before all of the new one is on disk.
   *
   * @param completeness an unfinished report gets {@code UNFINISHED.txt} beside it, a finished one
   *     takes it away
   * @throws java.io.UncheckedIOException when a file cannot be written; the message names it. The
   *     ledger is not concerned.
   */
  public ReportFiles write(Completeness completeness) {
    PendingFile.prepare(directory);
    Path marker = directory.resolve("UNFINISHED.txt");
    CarriedColumns columns = CarriedColumns.of(lines.columns());
    ReportFiles files;
    try (PendingFile results = new PendingFile(directory.resolve("results.csv"));
        PendingFile json = new PendingFile(directory.resolve("results.jsonl"));
        PendingFile failed = new PendingFile(directory.resolve("failed.csv"));
        PendingFile html = new PendingFile(directory.resolve("report.html"));
        ResultsWorkbook workbook = workbook(columns)) {
      ReportPage page = new ReportPage(briefing);
      Tally tally = fill(columns, results, json, failed, page, workbook);
      page.write(completeness, html::append);
      results.complete();
      json.complete();
      failed.complete();
      html.complete();
      if (workbook != null) {
        workbook.complete();
      }

      // The marker comes before and goes after: a kill in between makes a finished report look
      // unfinished, never the other way round.
      if (completeness == Completeness.UNFINISHED) {
        mark(marker, tally);
      }
      // First the file that a person may have open, which on Windows cannot be replaced: then the
      // others are left as they were too.
      files =
          new ReportFiles(
              results.publish(),
              json.publish(),
              failed.publish(),
              html.publish(),
              tally.lines,
              tally.failed);
      if (workbook != null) {
        workbook.publish();
      }
    }
    if (completeness == Completeness.FINISHED) {
      PendingFile.remove(marker);
    }
    return files;
  }

  /** Also where an earlier report has one: it would tell of rows that have moved on. */
  private @Nullable ResultsWorkbook workbook(CarriedColumns columns) {
    Path target = directory.resolve("results.xlsx");
    return extras.contains(ReportExtra.WORKBOOK) || Files.exists(target)
        ? new ResultsWorkbook(
            target, columns, Words.beside(ReportWriter.class, briefing.language()))
        : null;
  }

  private Tally fill(
      CarriedColumns columns,
      PendingFile results,
      PendingFile json,
      PendingFile failed,
      ReportPage reportPage,
      @Nullable ResultsWorkbook workbook) {
    JsonLines jsonLines = new JsonLines(columns);
    if (extras.contains(ReportExtra.BYTE_ORDER_MARK)) {
      results.append(CsvStyle.BYTE_ORDER_MARK);
      failed.append(CsvStyle.BYTE_ORDER_MARK);
    }
    results.append(CsvStyle.SPREADSHEET.line(columns.titles()));
    failed.append(CsvStyle.VERBATIM.line(lines.columns()));

    Tally tally = new Tally();
    List<ReportLine> page = lines.after(0, PAGE);
    while (!page.isEmpty()) {
      for (ReportLine line : page) {
        tally.count(line);
        reportPage.add(line);
        results.append(CsvStyle.SPREADSHEET.line(cells(columns, line)));
        json.append(jsonLines.line(line));
        if (workbook != null) {
          workbook.add(line);
        }
        if (tally.failsFirst(line)) {
          failed.append(CsvStyle.VERBATIM.line(line.cells()));
        }
      }
      page = lines.after(tally.last, PAGE);
    }
    return tally;
  }

  private static List<String> cells(CarriedColumns columns, ReportLine line) {
    List<String> cells = columns.fitted(line.cells());
    for (ReportColumn column : ReportColumn.values()) {
      Object value = column.value(line);
      cells.add(value == null ? "" : value.toString());
    }
    return cells;
  }

  private static void mark(Path marker, Tally tally) {
    try (PendingFile file = new PendingFile(marker)) {
      file.append(
          """
          This report is unfinished: the run ended before the batch did. %1$d of its %2$d lines still
          stand at PLANNED (to be sent, once more where it has attempts), SENDING (sent, the answer
          is not stored yet) or ACCEPTED (paid for, the video is being made). Do not send those rows
          in another way: they may be paid for already. Mend what stopped the run, if anything did,
          and give the same command again; it goes on where it was and orders nothing twice that it
          was not asked to. The report of the finished batch removes this file.

          这份报告还不完整：运行在批次完成之前就结束了。共 %2$d 行，其中 %1$d 行仍为 PLANNED（待提交）、
          SENDING（已提交，答复还没有记下）或 ACCEPTED（已付费，视频正在生成）。请不要用别的办法提交这些
          行：它们可能已经付过费。如果是出了问题才停下的，请先解决，再运行同一条命令；它会从停下的地方继续，
          不会重复订购。批次完成后的报告会删除这个文件。
          """
              .formatted(tally.open, tally.lines));
      file.complete();
      file.publish();
    }
  }

  /** What has been written so far. */
  private static final class Tally {

    private long last;
    private long lines;
    private long failed;
    private long lastFailed;
    private long open;

    void count(ReportLine line) {
      if (line.position() <= last) {
        throw new IllegalStateException(
            "line "
                + line.line()
                + " came after line "
                + InputLine.lineAt(last)
                + "; the report would repeat lines");
      }
      last = line.position();
      lines++;
      if (!line.state().isSettled()) {
        open++;
      }
    }

    /** Whether it failed, and no other row of its line before it. */
    boolean failsFirst(ReportLine line) {
      if (!SAFE_TO_SEND_AGAIN.contains(line.state()) || line.line() == lastFailed) {
        return false;
      }
      lastFailed = line.line();
      failed++;
      return true;
    }
  }
}
