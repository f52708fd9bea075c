package io.reelbatch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the input's columns are carried into the results: no two alike and none
 * like a column of the report. Many readers keep only one of two columns of a name, and some take
 * {@code State} and {@code state} for the same; so case and outer white space do not tell two names
 * apart here.
 *
 * @param names one for each column of the input, in its order
 */
record CarriedColumns(List<String> names) {

  /** What the JSON lines carry beyond the table. */
  static final String THUMBNAIL = "thumbnail_url";

  static final String BYTES = "video_bytes";
  static final String SHA256 = "video_sha256";
  static final String SOURCE = "source_row";
  static final String CHAIN = "chain_row";
  static final String HISTORY = "attempt_history";
  static final String SETTLEMENTS = "settlements";
  static final String RAW = "raw";

  private static final String PREFIX = "input.";
  private static final Set<String> OWN =
      Arrays.stream(ReportColumn.values())
          .map(ReportColumn::title)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> BEYOND =
      Set.of(THUMBNAIL, BYTES, SHA256, SOURCE, CHAIN, HISTORY, SETTLEMENTS, RAW);

  CarriedColumns {
    names = List.copyOf(names);
  }

  /**
   * Renames what would clash. A column of the report's name becomes {@code input.NAME}; a repeated
   * name gets {@code .2}, {@code .3}. All others keep their name, wherever they stand.
   */
  static CarriedColumns of(List<String> header) {
    Set<String> taken = new HashSet<>(OWN);
    taken.addAll(BEYOND);
    List<@Nullable String> kept = new ArrayList<>();
    for (String name : header) {
      kept.add(taken.add(folded(name)) ? name : null);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = kept.get(i);
      names.add(name == null ? renamed(header.get(i), taken) : name);
    }
    return new CarriedColumns(names);
  }

  /** The titles of the table: these names, and what the report adds. */
  List<String> titles() {
    List<String> titles = new ArrayList<>(names);
    for (ReportColumn column : ReportColumn.values()) {
      titles.add(column.title());
    }
    return titles;
  }

  private static String renamed(String name, Set<String> taken) {
    String fold = folded(name);
    String start = OWN.contains(fold) || BEYOND.contains(fold) ? PREFIX + name : name;
    String candidate = start;
    for (int n = 2; !taken.add(folded(candidate)); n++) {
      candidate = start + "." + n;
    }
    return candidate;
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** The line's cells, one for each name: a line that is wrong may have too few or too many. */
  List<String> fitted(List<String> cells) {
    List<String> fitted = new ArrayList<>(cells.subList(0, Math.min(cells.size(), names.size())));
    while (fitted.size() < names.size()) {
      fitted.add("");
    }
    return fitted;
  }
}
