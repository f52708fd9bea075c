package io.reelbatch.report;

import java.nio.file.Path;

/**
 * A report that was written.
 *
 * @param results the table for people
 * @param json the same for programs
 * @param failed the input's rows that can safely be sent again
 * @param page the same as a page that a browser opens
 * @param lines how many lines of the input are explained
 * @param failedLines how many of them are in {@code failed}
 */
public record ReportFiles(
    Path results, Path json, Path failed, Path page, long lines, long failedLines) {}
