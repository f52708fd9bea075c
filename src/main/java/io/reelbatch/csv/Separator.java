package io.reelbatch.csv;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what stands between the cells of a file: the one by which its header has a prompt. */
final class Separator {

  private static final char USUAL = ',';
  private static final List<Character> KNOWN = List.of(USUAL, ';', '\t');

  // Excel's own way to say it, in a first line that is no record.
  private static final Pattern SAID = Pattern.compile("(?i)sep=(.)");

  private Separator() {}

  /** The separator of a file; a comma where nothing tells. */
  static char of(Path file, Charset charset) throws IOException {
    try (TextLines lines = new TextLines(file, charset)) {
      String line = lines.next();
      while (line != null && line.isBlank()) {
        line = lines.next();
      }
      String first = line == null ? "" : line;
      return said(first).orElseGet(() -> byHeader(first));
    }
  }

  /** What a first line says that is there for nothing else. */
  static Optional<Character> said(String line) {
    Matcher said = SAID.matcher(line.strip());
    return said.matches() ? Optional.of(said.group(1).charAt(0)) : Optional.empty();
  }

  private static char byHeader(String header) {
    return KNOWN.stream().filter(each -> hasPrompt(header, each)).findFirst().orElse(USUAL);
  }

  private static boolean hasPrompt(String header, char separator) {
    List<String> names =
        Arrays.stream(header.split(Pattern.quote(String.valueOf(separator)), -1))
            .map(cell -> cell.replace("\"", ""))
            .toList();
    return Header.keys(names).contains(Optional.of(Column.PROMPT.canonical()));
  }
}
