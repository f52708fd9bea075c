package io.reelbatch.csv;

import io.reelbatch.model.Catalogue;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a file mean.
 *
 * <p>A column's key is {@link Column#canonical} or {@code param.NAME}. Other columns are the user's
 * own and have no key. The catalogue has no say in this: a field that it learns later must not turn
 * somebody's own column into a part of what a paid row asked for.
 */
final class Header {

  /** What the key of a column starts with whose cells are sent as they are. */
  static final String PARAM = "param.";

  private static final Optional<String> PROMPT_KEY = Optional.of(Column.PROMPT.canonical());
  private static final Set<String> FILLED_BY_US = Set.of("prompt", "model", "task_id");

  private final long line;
  private final List<String> columns;
  private final Map<String, Integer> positions;

  private Header(long line, List<String> columns, Map<String, Integer> positions) {
    this.line = line;
    this.columns = columns;
    this.positions = positions;
  }

  /**
   * Makes sense of the first record of a file.
   *
   * @throws UnreadableInputException if two columns mean the same, or there is no prompt
   */
  static Header of(CsvRecord record, Catalogue catalogue, Warnings warnings)
      throws UnreadableInputException {
    Map<String, Integer> positions = new LinkedHashMap<>();
    List<LineError> errors = new ArrayList<>();
    List<Optional<String>> keys = keys(record.cells());
    for (int i = 0; i < record.cells().size(); i++) {
      String heading = Cell.clean(record.cells().get(i));
      Optional<String> key = keys.get(i);
      if (key.isEmpty()) {
        warnOfTypo(heading, catalogue, warnings);
        continue;
      }
      Integer earlier = positions.putIfAbsent(key.get(), i);
      if (earlier != null) {
        errors.add(
            new LineError(
                record.line(),
                heading,
                "",
                Message.of(
                    "means the same as column '{0}' ({1}); keep one of the two",
                    Cell.clean(record.cells().get(earlier)), key.get())));
      } else if (key.get().startsWith(PARAM)) {
        refuseParam(record, heading, key.get().substring(PARAM.length())).ifPresent(errors::add);
      }
    }
    if (!positions.containsKey(Column.PROMPT.canonical())) {
      errors.add(new LineError(record.line(), noPrompt(record.cells())));
    }
    if (!errors.isEmpty()) {
      throw new UnreadableInputException(errors);
    }
    return new Header(record.line(), record.cells(), positions);
  }

  /** The line of the file on which it starts. */
  long line() {
    return line;
  }

  /** The columns' names as the file has them. */
  List<String> columns() {
    return columns;
  }

  /** The keys of all columns that are part of what a row asks for, in the file's order. */
  Set<String> keys() {
    return positions.keySet();
  }

  /** Where a column stands, from 0; empty when the file has no such column. */
  Optional<Integer> place(String key) {
    return Optional.ofNullable(positions.get(key));
  }

  /** The cell of a column; empty when the file has no such column. */
  Cell cell(String key, List<String> cells) {
    Integer position = positions.get(key);
    return position == null
        ? new Cell(key, "")
        : new Cell(Cell.clean(columns.get(position)), Cell.clean(cells.get(position)));
  }

  /** The key under which a field of a request is looked for. */
  static String keyOf(String field) {
    return Column.named(field).map(Column::canonical).orElse(PARAM + field);
  }

  /**
   * What each column means; empty for those of the user's own.
   *
   * <p>Quotation marks around a name and signs that nobody sees are looked through only where there
   * would be no prompt else. No row of such a file was ever let in; in any other file such a column
   * was carried along, and rows that were paid for would ask for more than they did.
   */
  static List<Optional<String>> keys(List<String> headings) {
    List<Optional<String>> strict = headings.stream().map(Cell::clean).map(Header::key).toList();
    return strict.contains(PROMPT_KEY)
        ? strict
        : headings.stream().map(FieldSpec::plain).map(Header::key).toList();
  }

  /** Whether these name the columns of a file that can be read. */
  static boolean hasPrompt(List<String> headings) {
    return keys(headings).contains(PROMPT_KEY);
  }

  private static Optional<String> key(String heading) {
    if (heading.toLowerCase(Locale.ROOT).startsWith(PARAM)) {
      return Optional.of(PARAM + Cell.clean(heading.substring(PARAM.length())));
    }
    return Column.named(heading).map(Column::canonical);
  }

  private static Optional<LineError> refuseParam(CsvRecord record, String heading, String name) {
    if (!name.isEmpty() && !FILLED_BY_US.contains(name)) {
      return Optional.empty();
    }
    Message problem =
        name.isEmpty()
            ? Message.of("names no field; write for example param.seed")
            : Message.of(
                "the program fills this field itself, from the column {0}",
                name.equals("task_id") ? Column.SOURCE.canonical() : name);
    return Optional.of(new LineError(record.line(), heading, "", problem));
  }

  private static void warnOfTypo(String heading, Catalogue catalogue, Warnings warnings) {
    List<String> known = new ArrayList<>();
    for (Column column : Column.values()) {
      known.addAll(column.names());
    }
    catalogue.fieldTypes().keySet().stream()
        .filter(field -> Column.bare(field).equals(Column.bare(heading)))
        .map(Header::keyOf)
        .findFirst()
        .or(() -> Nearest.to(heading, known))
        .ifPresent(
            near ->
                warnings.once(
                    "heading " + heading,
                    Message.of(
                        "column '{0}' is carried along and means nothing; did you mean '{1}'?",
                        heading, near)));
  }

  private static Message noPrompt(List<String> columns) {
    List<String> found = columns.stream().map(Cell::clean).toList();
    return Message.joined(
        Message.of("there is no column 'prompt' (or 提示词); found: {0}", Message.all(found)),
        found.size() == 1
            ? Message.of("; columns are separated by commas, semicolons or tabs")
            : Message.NOTHING,
        found.stream()
            .filter(name -> Nearest.to(name, Column.PROMPT.names()).isPresent())
            .findFirst()
            .map(name -> Message.of("; is '{0}' the prompt?", name))
            .orElse(Message.NOTHING));
  }
}
