package io.reelbatch.model;

/**
 * What is wrong with a line of the CSV, for the person who mends it.
 *
 * @param line the line of the file on which the row starts, counted from 1 with the header
 * @param column the column's name as the file has it; empty when the whole line is meant
 * @param value what stands there
 * @param problem what is wrong and what would be right
 */
public record LineError(long line, String column, String value, String problem) {

  private static final int SHOWN = 60;

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
    return text.append(": ").append(problem).toString();
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
