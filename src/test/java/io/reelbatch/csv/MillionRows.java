package io.reelbatch.csv;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a file as a run does and says how many rows are right; started with a small heap. */
final class MillionRows {

  private MillionRows() {}

  public static void main(String[] arguments) throws IOException {
    long right = 0;
    try (OrderFile orders =
        OrderFile.open(Path.of(arguments[0]), CsvFiles.SHIPPED, CsvFiles.DEFAULTS)) {
      for (var line = orders.next(); line != null; line = orders.next()) {
        right += line.order() == null ? 0 : 1;
      }
    }
    System.out.print(right);
  }
}
