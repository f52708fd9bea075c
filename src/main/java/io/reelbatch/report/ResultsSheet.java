package io.reelbatch.report;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.HyperLink;
import org.dhatim.fastexcel.RichText;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of a workbook while it is written, within what Excel takes. Rows leave the memory soon
 * after they came; only links are kept to the end. A text is never a formula, whatever it begins
 * with.
 */
final class ResultsSheet {

  /** Of a sheet, its titles included. */
  static final int MOST_ROWS = Worksheet.MAX_ROWS;

  private static final int MOST_LINKS = 65_530;
  private static final int LONGEST_LINK = 2_079;
  private static final int LONGEST_TEXT = 32_767;
  private static final String CUT = " … (cut here; results.csv has all of it)";
  private static final int KEPT_ROWS = 500;
  private static final int NARROWEST = 8;
  private static final int WIDEST = 48;
  private static final int ROOM_TO_FILTER = 3;

  // Excel takes it for a character that XML cannot write.
  private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  private final Worksheet sheet;
  private final int[] widths;
  private int row;
  private int links;

  ResultsSheet(Workbook workbook, String name, List<String> titles) {
    sheet = workbook.newWorksheet(name);
    widths = new int[titles.size()];
    sheet.freezePane(0, 1);
    for (int column = 0; column < titles.size(); column++) {
      put(column, titles.get(column));
      sheet.style(0, column).bold().fillColor("EEEEEE").set();
    }
  }

  /** Begins the next row; how many there are now, the titles included. */
  int nextRow() throws IOException {
    row++;
    if (row % KEPT_ROWS == 0) {
      flush();
    }
    return row + 1;
  }

  /** Puts a number or a text into the row; nothing where there is neither. */
  void put(int column, @Nullable Object value) {
    if (value instanceof Number number) {
      sheet.value(row, column, number);
    } else if (value != null) {
      text(column, value.toString());
    }
  }

  /** The same for a text that can be clicked, as long as Excel takes more of these. */
  void putLink(int column, String text, Optional<String> target) {
    if (target.isPresent() && target.get().length() <= LONGEST_LINK && links < MOST_LINKS) {
      // Equal links are taken for one; so each is called by its place.
      sheet.hyperlink(row, column, new HyperLink(target.get(), row + "," + column));
      sheet.style(row, column).fontColor("0563C1").underlined().set();
      links++;
    }
    text(column, text);
  }

  void fill(int column, String colour) {
    sheet.style(row, column).fillColor(colour).set();
  }

  /** Where a web address leads that may be clicked; empty for anything else. */
  static Optional<String> webAddress(String text) {
    if (!text.regionMatches(true, 0, "http", 0, 4)) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri.toASCIIString()) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Where a file leads that lies beside the workbook. */
  static Optional<String> fileBeside(String path) {
    try {
      URI uri = new URI(null, null, path.replace('\\', '/'), null);
      return uri.isAbsolute() ? Optional.empty() : Optional.of(uri.toASCIIString());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Writes the rest of it; nothing may be put into it later. */
  void finish() throws IOException {
    sheet.setAutoFilter(0, 0, row, widths.length - 1);
    flush();
    sheet.finish();
  }

  private void text(int column, String text) {
    String whole =
        text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - CUT.length()) + CUT;
    String written = ESCAPE.matcher(whole).replaceAll("_x005F_");
    if (written.equals(written.strip())) {
      sheet.inlineString(row, column, written);
    } else { // a plain one would lose the space around it
      sheet.inlineString(row, column, RichText.builder().run(written).end().build());
    }
    widths[column] = Math.max(widths[column], width(text));
  }

  private static int width(String text) {
    long wide = text.chars().limit(WIDEST).filter(c -> c >= 0x2E80).count();
    return Math.min(WIDEST, (int) wide + text.length());
  }

  private void flush() throws IOException {
    for (int column = 0; column < widths.length; column++) { // heard at the first time only
      sheet.width(column, Math.max(NARROWEST, widths[column] + ROOM_TO_FILTER));
    }
    sheet.flush();
  }
}
