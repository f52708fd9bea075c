package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which column of a file holds what, for whoever shows its lines. */
public final class ColumnKeys {

  private ColumnKeys() {}

  /**
   * Where the columns stand that mean something, by the names of the documentation.
   *
   * @param header the header's cells as the file has them
   */
  public static Map<String, Integer> of(List<String> header) {
    Map<String, Integer> places = new HashMap<>();
    List<Optional<String>> keys = Header.keys(header);
    for (int i = 0; i < header.size(); i++) {
      int place = i;
      keys.get(i).ifPresent(key -> places.putIfAbsent(key, place));
    }
    return Map.copyOf(places);
  }

  /** The id on a line; empty where there is none. */
  public static Optional<String> idOf(List<String> header, List<String> cells) {
    return cell(Column.ID, header, cells);
  }

  /** What the row on a line starts from; empty where there is nothing. */
  public static Optional<String> sourceOf(List<String> header, List<String> cells) {
    return cell(Column.SOURCE, header, cells);
  }

  private static Optional<String> cell(Column column, List<String> header, List<String> cells) {
    return Optional.ofNullable(of(header).get(column.canonical()))
        .filter(place -> place < cells.size())
        .map(place -> Cell.clean(cells.get(place)))
        .filter(text -> !text.isEmpty());
  }

  /**
   * An error of somebody who knows a column by the documentation only, under the name that the file
   * gives to the column; as it is where the file has none.
   */
  public static LineError asInFile(LineError error, List<String> header) {
    Integer place = of(header).get(error.column());
    return place == null ? error : error.under(Cell.clean(header.get(place)));
  }
}
