/**
 * The results of a batch as files: what became of each line of the input, in its order.
 *
 * <p>Reads the ledger's lines and changes nothing there, so that a report can be written at any
 * moment and as often as wanted. Knows nothing of the gateway, of SQL or of how a run ended;
 * whether it is finished is told to it.
 *
 * <p>The files, all in UTF-8 without a byte order mark:
 *
 * <ul>
 *   <li>{@code results.csv}: for people. RFC 4180 with CRLF line ends, as its section 2 asks and
 *       spreadsheets expect. A cell that a spreadsheet would run as a formula carries an
 *       apostrophe.
 *   <li>{@code results.jsonl}: for programs. The same names and every text unchanged, one object a
 *       line.
 *   <li>{@code failed.csv}: the input's cells, unchanged, of the rows that can safely be sent
 *       again.
 *   <li>{@code report.html}: for people, in a browser. Asks nobody for anything, runs no script but
 *       its own, and shows what comes from outside as text alone.
 *   <li>{@code UNFINISHED.txt}: stands beside a report that was written before the batch was done.
 *   <li>{@code errors.csv}: why an input was rejected; like {@code results.csv} in format.
 * </ul>
 *
 * <p>A file is replaced as a whole or not at all.
 */
@NullMarked
package io.reelbatch.report;

import org.jspecify.annotations.NullMarked;
