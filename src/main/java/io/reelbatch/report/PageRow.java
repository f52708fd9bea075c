package io.reelbatch.report;

import io.reelbatch.ledger.ReportLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A line of the input as the page's data has it: an array, in the order of {@link #FIELDS}. Long
 * texts are cut; the whole of them stands in {@code results.csv}.
 */
final class PageRow {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST = 1500;

  private static final List<ReportColumn> REPORTED =
      List.of(
          ReportColumn.LINE,
          ReportColumn.ROW,
          ReportColumn.STATE,
          ReportColumn.TASK_ID,
          ReportColumn.VIDEO_URL,
          ReportColumn.VIDEO_FILE,
          ReportColumn.LINK_EXPIRES_AT,
          ReportColumn.ERROR_CODE,
          ReportColumn.ERROR_MESSAGE,
          ReportColumn.ERROR_MESSAGE_ZH,
          ReportColumn.ATTEMPTS,
          ReportColumn.SUBMITTED_AT,
          ReportColumn.FINISHED_AT,
          ReportColumn.SECONDS,
          ReportColumn.COST);

  private static final List<String> ASKED = List.of("prompt", "operation", "model", "source", "id");

  /** The names of an array's places. */
  static final List<String> FIELDS =
      Stream.concat(REPORTED.stream().map(ReportColumn::title), ASKED.stream()).toList();

  private final Map<String, Integer> columns;

  /**
   * Rows of an input.
   *
   * @param columns where its columns stand
   */
  PageRow(Map<String, Integer> columns) {
    this.columns = columns;
  }

  String json(ReportLine line) {
    ArrayNode array = JSON.createArrayNode();
    for (ReportColumn column : REPORTED) {
      put(array, column.value(line));
    }
    for (String name : ASKED) {
      put(array, cell(line, name));
    }
    return Html.json(JSON.writeValueAsString(array));
  }

  /** The cell of that name; null when there is none, or nothing in it. */
  private @Nullable String cell(ReportLine line, String name) {
    Integer place = columns.get(name);
    return place == null || place >= line.cells().size() || line.cells().get(place).isBlank()
        ? null
        : line.cells().get(place).strip();
  }

  private static void put(ArrayNode array, @Nullable Object value) {
    if (value == null) {
      array.addNull();
    } else if (value instanceof BigDecimal number) {
      array.add(number);
    } else if (value instanceof Number number) {
      array.add(number.longValue());
    } else {
      array.add(cut(value.toString()));
    }
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
