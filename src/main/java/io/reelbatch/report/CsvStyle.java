package io.reelbatch.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How cells become a line of CSV: RFC 4180, closed with CRLF. Written here because OpenCSV's writer
 * keeps an {@link java.io.IOException} to itself, and a full disk would leave half a report.
 */
enum CsvStyle {
  /** Every cell as it is, for programs. */
  VERBATIM {
    @Override
    String cell(String text) {
      return text;
    }
  },
  /**
   * For a file that a person opens in a spreadsheet: a cell that it would run as a formula gets a
   * leading apostrophe, whoever wrote it. A plain number, signed or not, stays a number.
   */
  SPREADSHEET {
    @Override
    String cell(String text) {
      return runs(text) ? "'" + text : text;
    }
  };

  /** By which spreadsheets know that a file is UTF-8. */
  static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String END = "\r\n";
  // Full-width signs too: Chinese and Japanese spreadsheets take ＝ for =.
  private static final String SIGNS = "=+-@＝＋－＠";
  // Dropped by some spreadsheets on import, which brings the next character to the front.
  private static final String BREAKS = "\t\r\n";
  private static final Pattern NUMBER = Pattern.compile("[+-][0-9]+(\\.[0-9]+)?");

  /** The text as this style shows it. */
  abstract String cell(String text);

  /** One line of the file with its end. */
  String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      append(line, cell(cell), cells.size());
      line.append(',');
    }
    line.setLength(Math.max(line.length() - 1, 0));
    return line.append(END).toString();
  }

  private static void append(StringBuilder line, String cell, int cells) {
    if (needsQuotes(cell, cells)) {
      line.append('"').append(cell.replace("\"", "\"\"")).append('"');
    } else {
      line.append(cell);
    }
  }

  private static boolean needsQuotes(String cell, int cells) {
    if (cell.isEmpty()) {
      return cells == 1; // else it would be a blank line, which readers leave out
    }
    return cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
        || blank(cell.charAt(0)) // some readers trim what is not in quotes
        || blank(cell.charAt(cell.length() - 1));
  }

  private static boolean runs(String text) {
    if (text.isEmpty() || NUMBER.matcher(text).matches()) {
      return false;
    }
    int first = 0;
    while (first < text.length() && blank(text.charAt(first))) {
      first++;
    }
    return BREAKS.indexOf(text.charAt(0)) >= 0
        || (first < text.length() && SIGNS.indexOf(text.charAt(first)) >= 0);
  }

  /** White space of any script, and what shows nothing: control characters, marks of direction. */
  private static boolean blank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
