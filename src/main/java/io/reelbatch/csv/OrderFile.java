package io.reelbatch.csv;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of orders, a CSV or a sheet of a workbook, read line by line. Reading costs nothing and
 * decides nothing about money; a row is right or wrong by itself and by the catalogue. What needs
 * the whole file (whether a source row exists, whether an id is there twice) is the caller's
 * affair. Not thread-safe.
 */
public final class OrderFile implements AutoCloseable {

  private static final int LONGEST_TITLE = 20;
  private static final Duration COARSEST = Duration.ofSeconds(2);

  private final Records records;
  private final Header header;
  private final RowReader rows;
  private final Warnings warnings;
  private final Deque<InputLine> ahead = new ArrayDeque<>();
  private long lines;

  private OrderFile(Records records, Header header, RowReader rows, Warnings warnings) {
    this.records = records;
    this.header = header;
    this.rows = rows;
    this.warnings = warnings;
  }

  /** Opens a file of which nothing is known beforehand. */
  public static OrderFile open(Path file, Catalogue catalogue, OrderDefaults defaults)
      throws IOException, UnreadableInputException {
    return open(file, Hints.NONE, catalogue, defaults);
  }

  /**
   * Opens a file whose first line that is not empty names the columns. What is wrong with a line
   * further down is found when that is read.
   *
   * @param hints what is known of it beforehand
   * @throws UnreadableInputException if its encoding cannot be told, or its header is wrong
   * @throws IOException if the file cannot be read
   */
  public static OrderFile open(Path file, Hints hints, Catalogue catalogue, OrderDefaults defaults)
      throws IOException, UnreadableInputException {
    Warnings warnings = new Warnings();
    Records records =
        switch (FileFormat.of(file)) {
          case TEXT -> text(file, hints, warnings);
          case WORKBOOK -> workbook(file, hints, warnings);
        };
    try {
      CsvRecord first = records.next();
      if (first == null) {
        throw new UnreadableInputException(
            new LineError(
                1,
                Message.of(
                    "the file is empty; its first line names the columns, one is 'prompt'")));
      }
      refuseTitle(first, records);
      Header header = Header.of(first, catalogue, warnings);
      RowReader rows = new RowReader(header, catalogue, defaults, warnings);
      return new OrderFile(records, header, rows, warnings);
    } catch (IOException e) {
      records.close();
      throw e;
    }
  }

  /** Somebody's title above the names of the columns; skipping it is for its owner to decide. */
  private static void refuseTitle(CsvRecord first, Records records) throws IOException {
    if (Header.hasPrompt(first.cells())) {
      return;
    }
    CsvRecord below = records.next();
    for (int i = 0; below != null && i < LONGEST_TITLE; i++) {
      if (Header.hasPrompt(below.cells())) {
        throw new UnreadableInputException(
            new LineError(
                first.line(),
                Message.of(
                    "line {0} looks as if it named the columns ({1}), and they must be named in the"
                        + " first line that is not empty; delete what stands above line {0}",
                    below.line(),
                    Message.all(
                        below.cells().stream()
                            .map(Cell::clean)
                            .filter(n -> !n.isEmpty())
                            .toList()))));
      }
      below = records.next();
    }
  }

  private static Records text(Path file, Hints hints, Warnings warnings) throws IOException {
    Charset encoding = hints.charset() == null ? Encoding.of(file) : hints.charset();
    char separator = Separator.of(file, encoding);
    if (hints.sheet() != null) {
      throw new UnreadableInputException(
          new LineError(
              1,
              Message.of(
                  "sheet '{0}' is asked for, and the file is no workbook; leave out --sheet"
                      + " (reelbatch.csv.sheet), or name an .xlsx",
                  hints.sheet())));
    }
    if (!encoding.equals(StandardCharsets.UTF_8)) {
      warnings.once("encoding", readAs(encoding, hints, firstCells(file, encoding, separator)));
    }
    return new CsvRecords(file, encoding, separator);
  }

  private static List<String> firstCells(Path file, Charset encoding, char separator)
      throws IOException {
    try (CsvRecords all = new CsvRecords(file, encoding, separator)) {
      CsvRecord first = all.next();
      return first == null ? List.of() : first.cells();
    }
  }

  private static Message readAs(Charset encoding, Hints hints, List<String> first) {
    return Message.joined(
        Message.of(
            "the file is read as {0}; its first column names are {1}",
            encoding.name(), Message.all(first.subList(0, Math.min(3, first.size())))),
        hints.charset() == null
            ? Message.of(". If that is wrong, name its encoding with --charset")
            : Message.NOTHING);
  }

  private static Records workbook(Path file, Hints hints, Warnings warnings) throws IOException {
    WorkbookGuard.check(file);
    SheetRecords sheet = new SheetRecords(file, hints.sheet());
    sheet.note().ifPresent(note -> warnings.once("sheet", note));
    return sheet;
  }

  /**
   * SHA-256 of all bytes of a file, in hex.
   *
   * @throws IOException if the file cannot be read
   */
  public static String digestOf(Path file) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), sha256)) {
        bytes.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * By what a file is seen to be untouched since it was read, without reading it: its size, time
   * and place on the disk. Empty for one that was changed within the last two seconds: disks note
   * the time no finer, so that it could be changed again unseen.
   *
   * @throws IOException if there is no such file
   */
  public static Optional<String> stampOf(Path file, Instant now) throws IOException {
    BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
    Instant modified = seen.lastModifiedTime().toInstant();
    return modified.isBefore(now.minus(COARSEST))
        ? Optional.of(seen.size() + " " + modified + " " + seen.fileKey())
        : Optional.empty();
  }

  /** The columns' names as the file has them, in its order. */
  public List<String> columns() {
    return header.columns();
  }

  Header header() {
    return header;
  }

  RowReader rows() {
    return rows;
  }

  Records records() {
    return records;
  }

  /** What a person should look at although it stops nothing; grows as lines are read. */
  public List<Message> warnings() {
    return warnings.texts();
  }

  /**
   * The next line that is not wholly empty, once for each row that it orders; null at the end. What
   * is wrong with a line is part of it and never thrown.
   *
   * @throws UnreadableInputException if nobody can tell what this line and those that follow are:
   *     none of the file may be used then
   * @throws IOException if the file cannot be read on
   */
  public @Nullable InputLine next() throws IOException {
    if (!ahead.isEmpty()) {
      return ahead.remove();
    }
    CsvRecord read = records.next();
    if (read == null) {
      if (lines == 0) {
        warnings.once("no rows", Message.of("the file has a header and no rows"));
      }
      return null;
    }
    lines++;
    ahead.addAll(rows.read(read));
    return ahead.remove();
  }

  /**
   * SHA-256 of all bytes that were read, in hex: equals {@link #digestOf} of the file unless
   * somebody changed it meanwhile.
   *
   * @throws IllegalStateException before {@link #next} has returned null
   */
  public String digest() {
    return records.digest();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
