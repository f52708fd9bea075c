package io.reelbatch.ledger;

import io.reelbatch.model.ContentHash;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Finds out which staged lines are rows that the batch already has. No row is ever given to two
 * lines.
 *
 * <p>A line with an {@code id} is the row of that id. All else goes by content: lines and rows that
 * ask for the same are paired off, except where both have an id (another id is another order). When
 * there are more rows than lines, those that were sent stay, so that taking a line out of the file
 * never pays for the others again.
 */
final class KnownRows {

  // Written in the order of the lines: at random, each pair would rewrite a page of its own.
  private static final int BATCH = 50_000;
  private static final String PAIR = "update staged_order set row_id = ? where new_id = ?";
  private static final String RENAME =
      "update staged_order set row_key = ?, occurrence = ? where new_id = ?";
  private static final RowMapper<Line> LINE =
      (row, n) ->
          new Line(
              row.getLong("new_id"),
              row.getString("content"),
              row.getString("row_key"),
              row.getString("external_id") != null);

  private final JdbcTemplate jdbc;
  private final BatchRecord batch;

  private record Line(long number, String content, String key, boolean named) {}

  private record Row(long id, String content, boolean named, RowState state) {
    /** The smaller, the worse it would be to lose it. */
    int rank() {
      return switch (state) {
        case SUCCEEDED -> 0;
        case ACCEPTED, SENDING, IN_DOUBT -> 1;
        case FAILED, LOST, WRITTEN_OFF -> 2;
        case REFUSED -> 3;
        case PLANNED -> 4;
        case SKIPPED, WITHDRAWN, INVALID -> 5;
      };
    }
  }

  KnownRows(JdbcTemplate jdbc, BatchRecord batch) {
    this.jdbc = jdbc;
    this.batch = batch;
  }

  /** Whether the batch has any rows, so that {@link #find} could find one. */
  boolean areAny() {
    return !jdbc.queryForList(
            "select id from batch_row where batch_id = ? limit 1", Long.class, batch.id())
        .isEmpty();
  }

  /** Sets the {@code row_id} of their lines; lines that are new rows get keys that are free. */
  void find(long input) {
    jdbc.update(
        "update staged_order set row_id = null where input_id = ? and row_id is not null", input);
    jdbc.update(
        """
        update staged_order s set row_id =
          (select r.id from batch_row r where r.batch_id = ? and r.external_id = s.external_id)
        where s.input_id = ? and s.external_id is not null
        """,
        batch.id(),
        input);
    pairByContent(input);
    renameNewRows(input);
  }

  // Both sides sorted by content and read once, side by side: neither is held in memory.
  private void pairByContent(long input) {
    List<Object[]> pairs = new ArrayList<>();
    try (Stream<Line> lines = linesLeft(input);
        Stream<Row> rows = rowsLeft(input)) {
      Groups<Line> left = new Groups<>(lines.iterator(), Line::content);
      Groups<Row> right = new Groups<>(rows.iterator(), Row::content);
      List<Line> line = left.next();
      List<Row> row = right.next();
      while (!line.isEmpty() && !row.isEmpty()) {
        int order = line.get(0).content().compareTo(row.get(0).content());
        if (order == 0) {
          pair(line, row, pairs);
          save(PAIR, pairs, BATCH);
        }
        if (order <= 0) {
          line = left.next();
        }
        if (order >= 0) {
          row = right.next();
        }
      }
    }
    save(PAIR, pairs, 1);
  }

  private static void pair(List<Line> lines, List<Row> rows, List<Object[]> pairs) {
    List<Line> named = lines.stream().filter(Line::named).toList();
    List<Row> unnamed = rows.stream().filter(row -> !row.named()).toList();
    // These have the smaller choice, so they choose first.
    Set<Row> taken = zip(named, unnamed, pairs);
    List<Row> free = rows.stream().filter(row -> !taken.contains(row)).toList();
    zip(lines.stream().filter(line -> !line.named()).toList(), free, pairs);
  }

  /** Pairs in order; of too many rows, the best. */
  private static Set<Row> zip(List<Line> lines, List<Row> rows, List<Object[]> pairs) {
    Set<Row> best =
        rows.stream()
            .sorted(Comparator.comparingInt(Row::rank))
            .limit(lines.size())
            .collect(Collectors.toSet());
    Iterator<Line> line = lines.iterator();
    for (Row row : rows) {
      if (best.contains(row)) {
        pairs.add(new Object[] {row.id(), line.next().number()});
      }
    }
    return best;
  }

  private void save(String statement, List<Object[]> values, int atLeast) {
    if (values.size() >= atLeast) {
      values.sort(Comparator.comparingLong(row -> (Long) row[row.length - 1]));
      jdbc.batchUpdate(statement, values);
      values.clear();
    }
  }

  private Stream<Line> linesLeft(long input) {
    return jdbc.queryForStream(
        """
        select new_id, content, row_key, external_id from staged_order
        where input_id = ? and row_id is null order by content, new_id
        """,
        LINE,
        input);
  }

  private Stream<Row> rowsLeft(long input) {
    return jdbc.queryForStream(
        """
        select r.id, r.content, r.external_id, r.state from batch_row r
        where r.batch_id = ? and not exists
          (select 1 from staged_order s where s.input_id = ? and s.row_id = r.id)
        order by r.content, r.occurrence, r.id
        """,
        (row, n) ->
            new Row(
                row.getLong("id"),
                row.getString("content"),
                row.getString("external_id") != null,
                RowState.valueOf(row.getString("state"))),
        batch.id(),
        input);
  }

  /**
   * A line without {@code id} is named after its place among its equals, and a row may have that
   * name already: one that got an id later, or one whose order was replaced.
   */
  private void renameNewRows(long input) {
    Map<String, Integer> last = new HashMap<>();
    List<Object[]> renamed = new ArrayList<>();
    jdbc.query(
        """
        select s.new_id, s.content from staged_order s
        where s.input_id = ? and s.row_id is null and s.external_id is null
          and exists (select 1 from batch_row r where r.batch_id = ? and r.row_key = s.row_key)
        order by s.new_id
        """,
        row -> {
          String content = row.getString("content");
          int free = nextFree(input, content, last.get(content));
          last.put(content, free);
          renamed.add(new Object[] {key(content, free), free, row.getLong("new_id")});
        },
        input,
        batch.id());
    save(RENAME, renamed, 1);
  }

  private int nextFree(long input, String content, @Nullable Integer last) {
    int occurrence = last == null ? lastStaged(input, content) : last;
    do {
      occurrence++;
    } while (!jdbc.queryForList(
            "select id from batch_row where batch_id = ? and row_key = ?",
            Long.class,
            batch.id(),
            key(content, occurrence))
        .isEmpty());
    return occurrence;
  }

  private int lastStaged(long input, String content) {
    Integer last =
        jdbc.queryForObject(
            "select max(occurrence) from staged_order where input_id = ? and content = ?",
            Integer.class,
            input,
            content);
    return last == null ? 0 : last;
  }

  private static String key(String content, int occurrence) {
    return RowKey.of(new ContentHash(content), occurrence).value();
  }

  /** Runs of equal content in something sorted. */
  private static final class Groups<T> {

    private final Iterator<T> items;
    private final Function<T, String> content;
    private @Nullable T ahead;

    Groups(Iterator<T> items, Function<T, String> content) {
      this.items = items;
      this.content = content;
      this.ahead = items.hasNext() ? items.next() : null;
    }

    /** The next run; empty at the end. */
    List<T> next() {
      List<T> group = new ArrayList<>();
      T item = ahead;
      while (item != null
          && (group.isEmpty() || content.apply(group.get(0)).equals(content.apply(item)))) {
        group.add(item);
        item = items.hasNext() ? items.next() : null;
      }
      ahead = item;
      return group;
    }
  }
}
