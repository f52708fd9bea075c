package io.reelbatch.csv;

import io.reelbatch.model.Message;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a sheet as text: what Excel shows, which is what stands in the CSV that Excel saves.
 * Row identities are made of it, so the two must never differ. Where that text depends on the
 * machine, or hides what was typed, the cell has a problem.
 *
 * @param problem why the cell must not be part of what a row asks for; null if it may
 */
record SheetCell(String text, @Nullable Message problem) {

  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
  private static final Set<String> ERRORS =
      Set.of(
          "#NULL!",
          "#DIV/0!",
          "#VALUE!",
          "#REF!",
          "#NAME?",
          "#NUM!",
          "#N/A",
          "#GETTING_DATA",
          "#SPILL!",
          "#CALC!",
          "#FIELD!",
          "#BLOCKED!",
          "#CONNECT!",
          "#UNKNOWN!",
          "#BUSY!");

  private static final Message AS_TEXT =
      Message.of("format the column as Text, then type what you mean once more");

  /**
   * The text of a cell; null is one that the sheet does not have.
   *
   * @param calculated whether a spreadsheet has calculated the formulas of the file, so that one
   *     without a value gives nothing; else nobody knows what it gives
   */
  static SheetCell of(org.dhatim.fastexcel.reader.@Nullable Cell cell, boolean calculated) {
    if (cell == null) {
      return new SheetCell("", null);
    }
    Object value = cell.getValue();
    boolean formula = cell.getFormula() != null;
    if (cell.getType() == CellType.ERROR || (formula && ERRORS.contains(String.valueOf(value)))) {
      return new SheetCell(
          String.valueOf(cell.getRawValue()),
          Message.of("is an error of the spreadsheet; mend its formula"));
    }
    String raw = cell.getRawValue();
    if (formula && (raw == null || (raw.isEmpty() && !calculated))) {
      return new SheetCell(
          "",
          Message.of(
              "is a formula without a value: it was never calculated; open the file in Excel, save"
                  + " it and try again"));
    }
    if (value instanceof BigDecimal number) {
      return of(number, cell);
    }
    return new SheetCell(
        value instanceof Boolean truth
            ? truth.toString().toUpperCase(Locale.ROOT)
            : value == null ? "" : plain(value.toString()),
        null);
  }

  private static SheetCell of(BigDecimal number, org.dhatim.fastexcel.reader.Cell cell) {
    NumberFormat format = new NumberFormat(cell.getDataFormatId(), cell.getDataFormatString());
    if (format.isOfTimes()) {
      return new SheetCell(
          time(number, cell),
          Message.of(
              "is a date or a time, which Excel has made of what was typed (of 16:9, for example);"
                  + " {0}",
              AS_TEXT));
    }
    Optional<String> shown = format.shown(number);
    return shown.isPresent()
        ? new SheetCell(shown.get(), null)
        : new SheetCell(
            format.inFull(number),
            Message.of(
                "is a number that Excel does not show in full, or shows in the format {0}; {1}",
                format, AS_TEXT));
  }

  private static String time(BigDecimal number, org.dhatim.fastexcel.reader.Cell cell) {
    LocalDateTime time = cell.asDate();
    if (number.signum() >= 0 && number.compareTo(BigDecimal.ONE) < 0) {
      return time.toLocalTime().toString();
    }
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.toLocalDate() + " " + time.toLocalTime();
  }

  /** Undoes Excel's way to write characters that XML has not; a line ends as in a CSV. */
  private static String plain(String text) {
    String unescaped =
        text.contains("_x")
            ? ESCAPED
                .matcher(text)
                .replaceAll(
                    found ->
                        Matcher.quoteReplacement(
                            String.valueOf((char) Integer.parseInt(found.group(1), 16))))
            : text;
    return unescaped.replace("\r\n", "\n").replace('\r', '\n');
  }
}
