package io.reelbatch.csv;

import com.opencsv.RFC4180Parser;
import com.opencsv.RFC4180ParserBuilder;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV by RFC 4180, strictly.
 *
 * <p>OpenCSV undoes the quoting; where a record ends is found here. Its own reader takes a
 * quotation mark in the wrong place for the start of a longer cell, swallows the rows that follow
 * into it and reports success, and it takes some read errors for the end of the file.
 */
final class CsvRecords implements Records {

  private static final int MOST_LINES = 1_000;

  private enum Place {
    CELL_START,
    PLAIN,
    QUOTED,
    AFTER_QUOTED
  }

  private final char separator;
  private final RFC4180Parser parser;
  private final TextLines lines;

  CsvRecords(Path file, Charset charset, char separator) throws IOException {
    this.separator = separator;
    parser = new RFC4180ParserBuilder().withSeparator(separator).build();
    lines = new TextLines(file, charset);
  }

  @Override
  public @Nullable CsvRecord next() throws IOException {
    while (true) {
      CsvRecord read = any();
      if (read == null || !(read.isEmpty() || saysOnlyTheSeparator(read))) {
        return read;
      }
    }
  }

  @Override
  public String digest() {
    return lines.digest();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static boolean saysOnlyTheSeparator(CsvRecord read) {
    return read.line() == 1
        && read.cells().size() <= 2 // sep=, is two cells where the comma separates
        && read.cells().get(0).toLowerCase(Locale.ROOT).startsWith("sep=");
  }

  private @Nullable CsvRecord any() throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    long first = lines.number();
    StringBuilder text = new StringBuilder();
    Place place = Place.CELL_START;
    long opened = first;
    while (true) {
      for (int i = 0; i < line.length(); i++) {
        Place after = step(place, line.charAt(i), opened);
        if (after == Place.QUOTED && place == Place.CELL_START) {
          opened = lines.number();
        }
        place = after;
      }
      text.append(line);
      if (place != Place.QUOTED) {
        return new CsvRecord(first, List.of(parser.parseLine(text.toString())));
      }
      text.append('\n');
      line = lines.next();
      if (line == null || lines.number() - first >= MOST_LINES) {
        throw broken(
            opened,
            Message.of(
                "the quotation mark that opens a cell on this line is never closed{0}; close it with"
                    + " \"",
                line == null ? Message.NOTHING : Message.of(" within {0} lines", MOST_LINES)));
      }
    }
  }

  private Place step(Place place, char c, long opened) throws UnreadableInputException {
    return switch (place) {
      case CELL_START -> c == '"' ? Place.QUOTED : c == separator ? place : Place.PLAIN;
      case PLAIN -> {
        if (c == '"') {
          throw broken(
              lines.number(),
              Message.of(
                  "a quotation mark stands inside a cell that does not begin with one; put the whole"
                      + " cell in quotation marks and double those within it"));
        }
        yield c == separator ? Place.CELL_START : place;
      }
      case QUOTED -> c == '"' ? Place.AFTER_QUOTED : place;
      case AFTER_QUOTED -> {
        if (c != '"' && c != separator) {
          throw broken(
              opened,
              Message.of(
                  "the quoted cell that begins on this line goes on after a closing quotation mark (on"
                      + " line {0}); close it where it ends and double quotation marks within it",
                  lines.number()));
        }
        yield c == '"' ? Place.QUOTED : Place.CELL_START;
      }
    };
  }

  private static UnreadableInputException broken(long line, Message problem) {
    return new UnreadableInputException(new LineError(line, problem));
  }
}
