package io.reelbatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files of rows that lie in a folder. */
final class InputFolder {

  private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".xlsx");
  private static final String OF_RESULTS = ".reelbatch"; // what a run leaves in its results

  private InputFolder() {}

  /**
   * Those directly in it, by name; none of a folder of results. Hidden files are left out, as are
   * those by which Excel and LibreOffice mark that a file is open.
   */
  static List<Path> files(Path folder) throws IOException {
    if (Files.exists(folder.resolve(OF_RESULTS))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(InputFolder::holdsRows).sorted().toList();
    }
  }

  private static boolean holdsRows(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith)
        && !name.startsWith(".")
        && !name.startsWith("~$")
        && Files.isRegularFile(file);
  }
}
