package io.reelbatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a line of the CSV, for the person who mends it.
 *
 * @param line the line of the file on which the row starts, counted from 1 with the header
 * @param column the column's name as the file has it; empty when the whole line is meant
 * @param value what stands there
 * @param problem what is wrong and what would be right
 * @param allowed the values of which one must stand there; empty when they cannot be listed
 * @param fix what was probably meant, to be copied into the cell; null when nobody can tell
 */
public record LineError(
    long line,
    String column,
    String value,
    String problem,
    List<String> allowed,
    @Nullable String fix) {

  private static final int SHOWN = 60;

  /** Copies. */
  public LineError {
    allowed = List.copyOf(allowed);
  }

  /** An error that only a person can mend. */
  public LineError(long line, String column, String value, String problem) {
    this(line, column, value, problem, List.of(), null);
  }

  /** The same in a column that goes by another name. */
  public LineError under(String heading) {
    return new LineError(line, heading, value, problem, allowed, fix);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("line ").append(line);
    if (!column.isEmpty()) {
      text.append(", column ").append(column);
    }
    if (!value.isEmpty()) {
      String shown = value.strip().replaceAll("\\s+", " ");
      text.append(", \"").append(cut(shown)).append('"');
    }
    text.append(": ").append(problem);
    if (fix != null) {
      text.append("; did you mean '").append(fix).append("'?");
    }
    return text.toString();
  }

  private static String cut(String shown) {
    if (shown.length() <= SHOWN) {
      return shown;
    }
    // Half an emoji would be printed as a question mark.
    boolean between = !Character.isHighSurrogate(shown.charAt(SHOWN - 1));
    return shown.substring(0, between ? SHOWN : SHOWN - 1) + "…";
  }
}
