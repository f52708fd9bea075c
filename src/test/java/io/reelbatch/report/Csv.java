package io.reelbatch.report;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180Parser;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV file as another program reads it. OpenCSV makes one line feed of a CR and LF inside a cell;
 * told to keep them, its RFC 4180 parser cannot read a quoted cell at the end of a CRLF line.
 */
record Csv(List<List<String>> lines) {

  static Csv read(Path file) {
    try (CSVReader reader =
        new CSVReaderBuilder(Files.newBufferedReader(file))
            .withCSVParser(new RFC4180Parser())
            .build()) {
      return new Csv(reader.readAll().stream().map(List::of).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CsvException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> header() {
    return lines.get(0);
  }

  List<List<String>> rows() {
    return lines.subList(1, lines.size());
  }

  /** The cells of a row by their titles; fails when two titles are alike. */
  Map<String, String> row(int index) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < header().size(); i++) {
      String before = row.put(header().get(i), rows().get(index).get(i));
      if (before != null) {
        throw new IllegalStateException("two columns are called " + header().get(i));
      }
    }
    return row;
  }

  List<String> column(String title) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < rows().size(); i++) {
      cells.add(row(i).getOrDefault(title, "(no such column)"));
    }
    return cells;
  }
}
