package io.reelbatch.cli;

import io.reelbatch.model.LineError;
import io.reelbatch.model.OneLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is wrong with a file: on a terminal that is wide enough a table with the fix to copy, else
 * one line each, as {@code grep} and logs like it.
 */
final class ErrorPrinter {

  private static final int SOME = 100;
  private static final int WIDEST = 28;
  private static final int ROOM_FOR_PROBLEM = 30;
  private static final String GAP = "  ";
  private static final List<String> TITLES = List.of("where", "column", "value", "fix", "problem");

  private final String file;
  private final String before;
  private final int width;
  private final Phrases phrases;

  /**
   * A printer of the errors of a file.
   *
   * @param before what stands before each error that is a line of its own: the file's name, if
   *     there are others
   * @param width columns of the terminal; 0 where there is none
   */
  ErrorPrinter(Path file, String before, int width, Phrases phrases) {
    this.file = String.valueOf(file.getFileName());
    this.before = before;
    this.width = width;
    this.phrases = phrases;
  }

  /** Prints the first of them, and how many more there are. */
  void printSome(List<LineError> errors, PrintWriter out) {
    int shown = Math.min(SOME, errors.size());
    print(errors.subList(0, shown), out);
    if (errors.size() > shown) {
      out.println(before + phrases.say("more", errors.size() - shown));
    }
  }

  /** Prints all of them. */
  void print(List<LineError> errors, PrintWriter out) {
    if (errors.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES.stream().map(title -> phrases.say("error." + title)).toList());
    errors.forEach(error -> rows.add(row(error)));
    int[] widths = widths(rows);
    if (width(widths) + ROOM_FOR_PROBLEM <= width) {
      rows.forEach(row -> out.println(line(row, widths)));
    } else {
      errors.forEach(error -> out.println(OneLine.of(before + phrases.say(error.message()))));
    }
  }

  private List<String> row(LineError error) {
    return List.of(
        OneLine.of(file + ":" + error.line()),
        OneLine.of(error.column()),
        OneLine.of(error.value().strip().replaceAll("\\s+", " ")),
        OneLine.of(Objects.requireNonNullElse(error.fix(), "")),
        OneLine.of(phrases.say(error.problem())));
  }

  /** Of all columns but the last, which is as long as it is. */
  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[TITLES.size() - 1];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, ShownText.width(row.get(i))));
      }
    }
    return widths;
  }

  private static int width(int[] widths) {
    int sum = 0;
    for (int each : widths) {
      sum += each + GAP.length();
    }
    return sum;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(ShownText.fitted(row.get(i), widths[i])).append(GAP);
    }
    return line.append(row.get(widths.length)).toString();
  }
}
