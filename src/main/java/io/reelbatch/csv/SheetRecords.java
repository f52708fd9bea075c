package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet of a workbook, one after the other; a row's line is its number in Excel. The
 * rows are not kept, the texts that the workbook's cells share are.
 */
final class SheetRecords implements Records {

  private final Path file;
  private final boolean calculated;
  private final ReadableWorkbook workbook;
  private final Sheet sheet;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final Optional<Message> note;
  private long line = 1;
  private @Nullable String digest;

  /**
   * Opens a workbook that {@link WorkbookGuard} has let through.
   *
   * @param wanted a sheet by its name, or by its number from 1; null for the first that is not
   *     hidden
   */
  SheetRecords(Path file, @Nullable String wanted) throws IOException {
    this.file = file;
    try {
      calculated = isCalculated(file);
      workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(hasStyles(file), true));
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
    try {
      List<Sheet> sheets = workbook.getSheets().toList();
      sheet = wanted == null ? first(sheets) : named(wanted, sheets);
      long shown = sheets.stream().filter(SheetRecords::isShown).count();
      note =
          wanted == null && shown > 1
              ? Optional.of(
                  Message.of(
                      "the sheet '{0}' is read, the first of {1}; --sheet names another",
                      sheet.getName(), shown))
              : Optional.empty();
      stream = sheet.openStream();
      rows = stream.iterator();
    } catch (IOException | RuntimeException e) {
      workbook.close();
      throw e instanceof UnreadableInputException refused ? refused : unreadable(e);
    }
  }

  /** What a person should know of the choice of the sheet. */
  Optional<Message> note() {
    return note;
  }

  @Override
  public @Nullable CsvRecord next() throws IOException {
    try {
      while (rows.hasNext()) {
        CsvRecord read = record(rows.next());
        line = read.line();
        if (!read.isEmpty()) {
          return read;
        }
      }
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
    if (digest == null) {
      digest = OrderFile.digestOf(file);
    }
    return null;
  }

  @Override
  public String digest() {
    if (digest == null) {
      throw new IllegalStateException("the file is not read to its end yet");
    }
    return digest;
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }

  /** The library cannot do without them where it is to know the formats of cells. */
  private static boolean hasStyles(Path file) throws IOException {
    return hasPart(file, "styles.xml");
  }

  private static boolean hasPart(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().anyMatch(part -> part.getName().toLowerCase(Locale.ROOT).endsWith(name));
    }
  }

  /**
   * Excel lists the formulas that it has calculated. Programs that write none of it calculate none.
   */
  private static boolean isCalculated(Path file) throws IOException {
    return hasPart(file, "calcchain.xml");
  }

  private CsvRecord record(Row row) {
    List<String> cells = new ArrayList<>(row.getCellCount());
    Map<Integer, Message> problems = new HashMap<>();
    for (Cell cell : row) {
      SheetCell shown = SheetCell.of(cell, calculated);
      if (shown.problem() != null) {
        problems.put(cells.size(), shown.problem());
      }
      cells.add(shown.text());
    }
    return new CsvRecord(row.getRowNum(), cells, problems);
  }

  private static Sheet first(List<Sheet> sheets) throws UnreadableInputException {
    return sheets.stream()
        .filter(SheetRecords::isShown)
        .findFirst()
        .or(() -> sheets.stream().findFirst())
        .orElseThrow(() -> unreadable(1, Message.of("the workbook has no sheet")));
  }

  private static Sheet named(String wanted, List<Sheet> sheets) throws UnreadableInputException {
    Optional<Sheet> byName =
        sheets.stream().filter(sheet -> wanted.equalsIgnoreCase(sheet.getName())).findFirst();
    return byName
        .or(
            () ->
                sheets.stream()
                    .filter(sheet -> wanted.equals(String.valueOf(sheet.getIndex() + 1)))
                    .findFirst())
        .orElseThrow(
            () ->
                unreadable(
                    1,
                    Message.of(
                        "the workbook has no sheet '{0}'; it has {1}",
                        wanted, Message.all(sheets.stream().map(Sheet::getName).toList()))));
  }

  private static boolean isShown(Sheet sheet) {
    return sheet.getVisibility() == SheetVisibility.VISIBLE;
  }

  /** What the library throws at a file that it does not understand is anything. */
  private UnreadableInputException unreadable(Exception e) {
    return unreadable(
        line,
        Message.of(
            "from here on the workbook cannot be read ({0}); open it in Excel, save it as \"Excel"
                + " Workbook (.xlsx)\" or as \"CSV UTF-8\", and try again",
            e.getMessage() == null ? e : e.getMessage()));
  }

  private static UnreadableInputException unreadable(long line, Message problem) {
    return new UnreadableInputException(new LineError(line, problem));
  }
}
