package io.reelbatch.selftest;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result files, read as anybody would.
 *
 * @param table the lines of {@code results.csv}
 * @param lines the lines of {@code results.jsonl}
 */
record Report(List<ReportedRow> table, List<ReportedRow> lines) {

  /** Takes unmodifiable copies. */
  Report {
    table = List.copyOf(table);
    lines = List.copyOf(lines);
  }

  /** Reads them; a file that is not there has no lines. */
  static Report in(Path folder) {
    try {
      return new Report(
          table(folder.resolve("results.csv")), lines(folder.resolve("results.jsonl")));
    } catch (IOException | CsvException e) {
      throw new IllegalStateException("the results in " + folder + " cannot be read", e);
    }
  }

  private static List<ReportedRow> table(Path file) throws IOException, CsvException {
    List<ReportedRow> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return rows;
    }
    try (Reader text = Files.newBufferedReader(file);
        CSVReader csv =
            new CSVReaderBuilder(text).withCSVParser(new RFC4180ParserBuilder().build()).build()) {
      List<String[]> all = csv.readAll();
      List<String> header = List.of(all.get(0));
      for (String[] cells : all.subList(1, all.size())) {
        rows.add(
            new ReportedRow(
                cells[header.indexOf("prompt")],
                cells[header.indexOf("state")],
                cells[header.indexOf("task_id")]));
      }
    }
    return rows;
  }

  private static List<ReportedRow> lines(Path file) throws IOException {
    List<ReportedRow> rows = new ArrayList<>();
    if (!Files.exists(file)) {
      return rows;
    }
    for (String line : Files.readAllLines(file)) {
      JsonNode json = JsonMapper.shared().readTree(line);
      rows.add(new ReportedRow(text(json, "prompt"), text(json, "state"), text(json, "task_id")));
    }
    return rows;
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asString("");
  }
}
