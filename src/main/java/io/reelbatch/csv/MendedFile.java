package io.reelbatch.csv;

import io.reelbatch.model.CellChange;
import io.reelbatch.model.FieldSpec;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.WrittenOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lines of a file as somebody careful would have written them: slips put right where only one
 * thing can have been meant, values as they are sent, known columns under their usual names, no
 * empty lines and no empty columns at the end.
 *
 * <p>A row that was right keeps its identity and asks for the same, so that what was paid for is
 * not paid for again; a spelling that is part of an identity stays as it is. Prompts and columns of
 * the user's own are never touched. Not thread-safe.
 */
public final class MendedFile implements AutoCloseable {

  private static final int MOST_CHANGES = 10_000;
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

  private final OrderFile file;
  private final Header header;
  private final int width;
  private final List<CellChange> changes = new ArrayList<>();
  private long changed;
  private boolean unclear;

  private MendedFile(OrderFile file, int width) {
    this.file = file;
    this.header = file.header();
    this.width = width;
  }

  /**
   * Opens a file, reading it through once.
   *
   * @throws UnreadableInputException if the file cannot be told into rows, or its header is wrong
   * @throws IOException if the file cannot be read
   */
  public static MendedFile open(OrderPageReader.Opening opening) throws IOException {
    int width;
    try (OrderFile all = opening.open()) {
      int most = all.columns().size();
      width = new CsvRecord(0, all.columns()).filled();
      CsvRecord record = all.records().next();
      while (record != null) {
        width = Math.max(width, Math.min(most, record.filled()));
        record = all.records().next();
      }
    }
    return new MendedFile(opening.open(), width);
  }

  /** The columns' names: those that mean something as the documentation has them. */
  public List<String> columns() {
    List<String> names = new ArrayList<>(header.columns().subList(0, width));
    for (String key : header.keys()) {
      int place = header.place(key).orElseThrow();
      String plain = FieldSpec.plain(names.get(place));
      // A name in Chinese is as good, and its owner's own.
      change(header.line(), names, place, ASCII.matcher(plain).matches() ? key : plain);
    }
    return names;
  }

  /** The cells of the next line that is not empty; null at the end. */
  public @Nullable List<String> next() throws IOException {
    CsvRecord record = file.records().next();
    if (record == null) {
      return null;
    }
    if (record.filled() > header.columns().size()) {
      return record.cells().subList(0, record.filled()); // nobody knows which cell is which
    }
    List<String> cells = new ArrayList<>(record.cells());
    while (cells.size() < header.columns().size()) {
      cells.add("");
    }
    List<InputLine> read = withoutSlips(record, cells);
    unclear |= isUnclear(record, read);
    respell(record, cells, read);
    return cells.subList(0, width);
  }

  /** The first changes, for a person to look at. */
  public List<CellChange> changes() {
    return List.copyOf(changes);
  }

  /**
   * Whether a cell that matters was not text, so that what was typed into it is not known: in a
   * file of text alone it would pass for what was meant. Known for the lines read so far.
   */
  public boolean isUnclear() {
    return unclear;
  }

  private boolean isUnclear(CsvRecord record, List<InputLine> read) {
    return read.get(0).errors().stream()
        .flatMap(error -> place(record.cells(), error).stream())
        .anyMatch(record.problems()::containsKey);
  }

  /** How many cells were changed. */
  public long changed() {
    return changed;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private List<InputLine> withoutSlips(CsvRecord record, List<String> cells) {
    List<InputLine> read = file.rows().read(record.with(cells));
    boolean mended = true;
    while (mended) { // what was meant may be wrong in another way
      mended = false;
      for (LineError error : read.get(0).errors()) {
        mended |= mend(record, cells, error);
      }
      read = mended ? file.rows().read(record.with(cells)) : read;
    }
    return read;
  }

  private boolean mend(CsvRecord record, List<String> cells, LineError error) {
    String fix = error.fix();
    if (fix == null || !Nearest.isSlip(error.value(), fix, error.allowed())) {
      return false;
    }
    Optional<Integer> place = place(cells, error);
    place.ifPresent(at -> change(record.line(), cells, at, fix));
    return place.isPresent();
  }

  private Optional<Integer> place(List<String> cells, LineError error) {
    return header.keys().stream()
        .filter(key -> header.cell(key, cells).heading().equals(error.column()))
        .findFirst()
        .flatMap(header::place);
  }

  /** Writes the values of a right row as they are sent, as far as it stays the row that it is. */
  private void respell(CsvRecord record, List<String> cells, List<InputLine> read) {
    WrittenOrder order = read.get(0).order();
    if (order == null) {
      return;
    }
    sent(order, cells)
        .forEach(
            (key, value) -> {
              int place = header.place(key).orElseThrow();
              List<String> respelled = new ArrayList<>(cells);
              respelled.set(place, value);
              if (orders(file.rows().read(record.with(respelled))).equals(orders(read))) {
                change(record.line(), cells, place, value);
              }
            });
  }

  private static List<@Nullable WrittenOrder> orders(List<InputLine> lines) {
    return lines.stream().map(InputLine::order).collect(Collectors.toList()); // null is wrong
  }

  /** What the filled cells but the prompt would best hold, where that is not what they hold. */
  private Map<String, String> sent(WrittenOrder written, List<String> cells) {
    Map<String, String> sent = new LinkedHashMap<>();
    for (Column plain : List.of(Column.ID, Column.MODEL, Column.SOURCE)) {
      sent.put(plain.canonical(), header.cell(plain.canonical(), cells).text());
    }
    sent.put(Column.OPERATION.canonical(), written.order().operation().word());
    String variants = header.cell(Column.VARIANTS.canonical(), cells).text();
    sent.put(Column.VARIANTS.canonical(), FieldSpec.folded(FieldSpec.plain(variants)));
    written
        .order()
        .fields()
        .forEach(
            (name, json) -> {
              String key = Header.keyOf(name);
              sent.put(header.place(key).isPresent() ? key : Header.PARAM + name, text(json));
            });
    sent.keySet().removeIf(key -> header.cell(key, cells).isEmpty());
    sent.entrySet()
        .removeIf(
            entry ->
                cells.get(header.place(entry.getKey()).orElseThrow()).equals(entry.getValue()));
    return sent;
  }

  private static String text(JsonNode json) {
    return json.isArray()
        ? StreamSupport.stream(json.spliterator(), false)
            .map(MendedFile::text)
            .collect(Collectors.joining(" | "))
        : json.isObject() ? json.toString() : json.asString();
  }

  private void change(long line, List<String> cells, int place, String to) {
    String from = Objects.requireNonNull(cells.set(place, to));
    if (!from.equals(to)) {
      changed++;
      if (changes.size() < MOST_CHANGES) {
        changes.add(new CellChange(line, Cell.clean(header.columns().get(place)), from, to));
      }
    }
  }
}
