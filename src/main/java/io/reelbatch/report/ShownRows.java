package io.reelbatch.report;

import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The rows that the page shows: all of them up to a limit. Beyond it, those that need nobody make
 * room first: of each state every second row goes, but never the last five hundred.
 */
final class ShownRows {

  static final int LIMIT = 10_000;

  private static final int KEPT = LIMIT / 20;

  /** From what makes room first to what is told last. */
  private static final List<RowState> ROOM =
      List.of(
          RowState.SUCCEEDED,
          RowState.PLANNED,
          RowState.WITHDRAWN,
          RowState.ACCEPTED,
          RowState.SKIPPED,
          RowState.SENDING,
          RowState.WRITTEN_OFF,
          RowState.INVALID,
          RowState.REFUSED,
          RowState.FAILED,
          RowState.LOST,
          RowState.IN_DOUBT);

  private record Row(long position, String json) {}

  /** Every so many-th row of one state. */
  private static final class Sample {
    private long seen;
    private long stride = 1;
    private List<Row> rows = new ArrayList<>();

    boolean wantsNext() {
      return seen++ % stride == 0;
    }

    void thin() {
      List<Row> half = new ArrayList<>(rows.size() / 2 + 1);
      for (int i = 0; i < rows.size(); i += 2) {
        half.add(rows.get(i));
      }
      rows = half;
      stride *= 2;
    }
  }

  private final Map<RowState, Sample> samples = new EnumMap<>(RowState.class);
  private int size;

  /**
   * The next row.
   *
   * @param json asked for only when the row is kept
   */
  void add(long position, RowState state, Supplier<String> json) {
    Sample sample = samples.computeIfAbsent(state, s -> new Sample());
    if (!sample.wantsNext()) {
      return;
    }
    sample.rows.add(new Row(position, json.get()));
    size++;
    if (size > LIMIT) {
      makeRoom();
    }
  }

  int size() {
    return size;
  }

  /** The rows in the input's order. */
  Stream<String> json() {
    return samples.values().stream()
        .flatMap(sample -> sample.rows.stream())
        .sorted(Comparator.comparingLong(Row::position))
        .map(Row::json);
  }

  private void makeRoom() {
    Sample spare =
        ROOM.stream()
            .map(samples::get)
            .filter(sample -> sample != null && sample.rows.size() > KEPT)
            .findFirst()
            .orElseThrow(); // twelve states of so few do not reach the limit
    int before = spare.rows.size();
    spare.thin();
    size -= before - spare.rows.size();
  }
}
