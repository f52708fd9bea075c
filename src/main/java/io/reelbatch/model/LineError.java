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
    Message problem,
    List<String> allowed,
    @Nullable String fix) {

  private static final int SHOWN = 60;

  /** Copies. */
  public LineError {
    allowed = List.copyOf(allowed);
  }

  /** An error that only a person can mend. */
  public LineError(long line, String column, String value, Message problem) {
    this(line, column, value, problem, List.of(), null);
  }

  /** An error of the whole line, or of the file from there on. */
  public LineError(long line, Message problem) {
    this(line, "", "", problem);
  }

  /** The same in a column that goes by another name. */
  public LineError under(String heading) {
    return new LineError(line, heading, value, problem, allowed, fix);
  }

  /** All of it in one sentence. */
  public Message message() {
    return Message.joined(
        Message.of("line {0}", line),
        column.isEmpty() ? Message.NOTHING : Message.of(", column {0}", column),
        value.isEmpty() ? Message.NOTHING : Message.of(", \"{0}\"", shown(value)),
        Message.of(": {0}", problem),
        fix == null ? Message.NOTHING : Message.of("; did you mean '{0}'?", fix));
  }

  @Override
  public String toString() {
    return message().toString();
  }

  private static String shown(String value) {
    String shown = value.strip().replaceAll("\\s+", " ");
    if (shown.length() <= SHOWN) {
      return shown;
    }
    // Half an emoji would be printed as a question mark.
    boolean between = !Character.isHighSurrogate(shown.charAt(SHOWN - 1));
    return shown.substring(0, between ? SHOWN : SHOWN - 1) + "…";
  }
}
