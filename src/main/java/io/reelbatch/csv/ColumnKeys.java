package io.reelbatch.csv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    for (int i = 0; i < header.size(); i++) {
      int place = i;
      Header.key(Cell.clean(header.get(i))).ifPresent(key -> places.putIfAbsent(key, place));
    }
    return Map.copyOf(places);
  }
}
