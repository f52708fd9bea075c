package io.reelbatch.ledger;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Indexes whose keys come in no order. Filled one by one, each key of a million rewrites a page of
 * its own; built from a full table they are sorted first. So a large load drops them and builds
 * them anew, where no other process works on the database. A server sorts by itself, but knows how
 * many there are only when it is told to look.
 *
 * <p>Their making and dropping is in no transaction. After a kill in between, {@link #ensuring}
 * makes those that are missing before anything is read.
 */
final class LedgerIndexes {

  /** From so many lines on, building anew is worth its two writes of the file for each index. */
  static final int MANY = 20_000;

  private static final Index STAGED_POSITIONS =
      new Index("index", "staged_by_position", "staged_order (input_id, position)");
  private static final List<Index> STAGED =
      List.of(
          STAGED_POSITIONS,
          new Index("index", "staged_by_content", "staged_order (input_id, content)"),
          new Index("index", "staged_by_row", "staged_order (input_id, row_id)"));
  private static final List<Index> ROWS =
      List.of(
          new Index("unique index", "row_by_key", "batch_row (batch_id, row_key)"),
          new Index("index", "row_by_external_id", "batch_row (batch_id, external_id)"));

  private record Index(String kind, String name, String columns) {

    String making() {
      return "create %s if not exists %s on %s".formatted(kind, name, columns);
    }
  }

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;

  LedgerIndexes(LedgerDatabase database) {
    this.database = database;
    this.jdbc = database.jdbc();
  }

  /** What makes those that a killed load has left out. */
  static List<String> ensuring() {
    return Stream.concat(STAGED.stream(), ROWS.stream()).map(Index::making).toList();
  }

  /** Many orders are being staged. */
  void dropThoseOfStaged() {
    drop(STAGED);
  }

  /** All orders are staged, and some of them are to be found by their lines. */
  void makeThatOfStagedPositions() {
    if (!database.isServer()) {
      make(List.of(STAGED_POSITIONS));
    }
  }

  /**
   * What is staged is not as it was. A server that takes a hundred thousand lines for one compares
   * each with each.
   */
  void countStaged() {
    if (database.isServer()) {
      jdbc.execute("analyze staged_order");
    }
  }

  /** All orders are staged and are to be compared with rows, or none is staged any more. */
  void makeThoseOfStaged() {
    if (!database.isServer()) {
      make(STAGED);
    }
  }

  /** Does the work, which inserts so many rows in a transaction of its own. */
  <T> T around(long newRows, Supplier<T> work) {
    if (newRows < MANY) {
      return work.get();
    }
    if (database.isServer()) {
      T result = work.get();
      jdbc.execute("analyze batch_row");
      jdbc.execute("analyze input_line");
      return result;
    }
    if (newRows < rows()) {
      return work.get();
    }
    drop(ROWS);
    T result;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      try {
        make(ROWS);
      } catch (RuntimeException again) {
        e.addSuppressed(again); // the next start makes them
      }
      throw e;
    }
    make(ROWS);
    return result;
  }

  private long rows() {
    Long rows = jdbc.queryForObject("select count(*) from batch_row", Long.class);
    return rows == null ? 0 : rows;
  }

  private void drop(List<Index> indexes) {
    if (!database.isServer()) {
      indexes.forEach(index -> jdbc.execute("drop index if exists " + index.name()));
    }
  }

  private void make(List<Index> indexes) {
    indexes.forEach(index -> jdbc.execute(index.making()));
  }
}
