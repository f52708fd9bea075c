package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Kind;
import io.reelbatch.model.LineError;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.WrittenOrder;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/**
 * Takes in the lines of a new input, page by page, without touching any row: until {@link
 * Activation} nothing counts. Used by one thread.
 */
public final class Staging {

  private static final int[] LINE = {
    Types.BIGINT, Types.BIGINT, Types.VARCHAR, Types.VARCHAR, Types.BIGINT
  };
  private static final int[] ORDER = {
    Types.BIGINT,
    Types.BIGINT,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.INTEGER,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.BIGINT
  };

  private static final long NEVER_A_ROW = 1L << 60;

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;
  private final Kept kept;
  private Occurrences occurrences = new Occurrences();
  private long staged;

  /** What is kept of an input beside its orders. */
  private enum Kept {
    LINES,
    NOTHING
  }

  /** Stages inputs of the given batch. */
  public Staging(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this(database, clock, batch, Kept.LINES);
  }

  private Staging(LedgerDatabase database, InstantSource clock, BatchRecord batch, Kept kept) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
    this.kept = kept;
  }

  /**
   * For inputs that are checked and never activated: their lines, which a report needs, are left.
   */
  public static Staging toCheck(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    return new Staging(database, clock, batch, Kept.NOTHING);
  }

  /**
   * Begins a new input and forgets those of this batch that never were activated.
   *
   * @return its number
   */
  public long begin(String digest, String admission, String file, List<String> columns) {
    staged = 0;
    occurrences = new Occurrences();
    if (kept == Kept.NOTHING) {
      return insert(digest, admission, file, columns); // a run may be at work on the others
    }
    unfinished().forEach(this::forgetOrders);
    return Objects.requireNonNull(
        database
            .transaction()
            .execute(
                status -> {
                  forgetUnfinished();
                  return insert(digest, admission, file, columns);
                }));
  }

  private long insert(String digest, String admission, String file, List<String> columns) {
    KeyHolder id = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement sql =
              connection.prepareStatement(
                  """
                  insert into input
                    (batch_id, digest, admission, file, column_names, line_count, staged_at)
                  values (?, ?, ?, ?, ?, 0, ?)
                  """,
                  new String[] {"id"});
          sql.setLong(1, batch.id());
          sql.setString(2, digest);
          sql.setString(3, admission);
          sql.setString(4, Columns.escaped(file));
          sql.setString(5, OrderJson.write(columns));
          sql.setObject(6, Columns.utc(clock.instant()));
          return sql;
        },
        id);
    return Objects.requireNonNull(id.getKey(), "the ledger did not take the new input").longValue();
  }

  private List<Long> unfinished() {
    return jdbc.queryForList(
        "select id from input where batch_id = ? and activated_at is null", Long.class, batch.id());
  }

  private void forgetUnfinished() {
    for (long input : unfinished()) {
      jdbc.update("delete from input_line where input_id = ?", input);
      jdbc.update("delete from input where id = ?", input);
    }
  }

  /** Forgets the orders of an input that was let in, or never will be. Not in a transaction. */
  void forgetOrders(long input) {
    boolean others =
        !jdbc.queryForList(
                "select position from staged_order where input_id <> ? limit 1", Long.class, input)
            .isEmpty();
    if (others || database.isServer()) {
      jdbc.update("delete from staged_order where input_id = ?", input);
    } else {
      // At once, where deleting a million takes as long as writing them took.
      jdbc.execute("truncate table staged_order");
    }
  }

  /** Commits a page of lines, right and wrong ones. */
  public void add(long input, List<InputLine> lines) {
    boolean few = staged < LedgerIndexes.MANY;
    staged += lines.size();
    if (few && staged >= LedgerIndexes.MANY) {
      new LedgerIndexes(database).dropThoseOfStaged(); // the check makes those that it needs
    }
    database.transaction().executeWithoutResult(status -> insert(input, lines));
    // Before H2 uses the space again that this page has freed.
    database.sync();
  }

  private void insert(long input, List<InputLine> lines) {
    List<Object[]> cells = new ArrayList<>();
    List<Object[]> orders = new ArrayList<>();
    long next = numbers(lines.size());
    for (InputLine line : lines) {
      WrittenOrder order = line.order();
      long row = next++;
      if (kept == Kept.LINES) {
        cells.add(
            new Object[] {
              input,
              line.position(),
              OrderJson.write(line.cells()),
              problems(line),
              order == null ? null : row
            });
      }
      if (order != null) {
        orders.add(order(input, line, order, row));
      }
    }
    jdbc.batchUpdate(
        "insert into input_line (input_id, position, cells, problem, row_id) values (?, ?, ?, ?, ?)",
        cells,
        LINE);
    jdbc.batchUpdate(
        """
        insert into staged_order (input_id, position, row_key, external_id, content,
          occurrence, order_json, kind, source_id, source_task, new_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        orders,
        ORDER);
  }

  /** The first of so many numbers that no row has, or will have. */
  private long numbers(int count) {
    if (kept == Kept.NOTHING) {
      return NEVER_A_ROW + staged; // who lets rows in must not wait for a check
    }
    jdbc.update("update row_number set next_id = next_id + ?", count);
    Long next = jdbc.queryForObject("select next_id from row_number", Long.class);
    if (next == null) {
      throw new LedgerException("the ledger has lost count of its rows");
    }
    return next - count;
  }

  /** Marks lines as wrong, so that the rest may be let in without them. */
  public void passOver(long input, List<LineError> errors) {
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              for (LineError error : errors) {
                jdbc.update(
                    """
                    update input_line set problem = ?, row_id = null
                    where input_id = ? and position >= ? and position < ?
                    """,
                    Columns.text(error.toString()),
                    input,
                    InputLine.firstPosition(error.line()),
                    InputLine.firstPosition(error.line() + 1));
                jdbc.update(
                    """
                    delete from staged_order
                    where input_id = ? and position >= ? and position < ?
                    """,
                    input,
                    InputLine.firstPosition(error.line()),
                    InputLine.firstPosition(error.line() + 1));
              }
            });
  }

  /** Which lines are rows that the batch already has is found out by {@link KnownRows}. */
  private Object[] order(long input, InputLine line, WrittenOrder order, long newId) {
    int occurrence = occurrences.next(order.content());
    RowKey key =
        order.id() == null ? RowKey.of(order.content(), occurrence) : named(order.id(), line);
    @Nullable SourceRef source = order.source();
    return new Object[] {
      input,
      line.position(),
      Columns.escaped(key.value()),
      Columns.escapedOrNull(order.id()),
      order.content().value(),
      occurrence,
      OrderJson.write(order.order()),
      Kind.of(order.order()).name(),
      source instanceof SourceRef.OfRow row ? Columns.escaped(row.id()) : null,
      source instanceof SourceRef.OfTask task ? Columns.escaped(task.task().value()) : null,
      newId
    };
  }

  private static RowKey named(String id, InputLine line) {
    return new RowKey(line.variant() == 1 ? WrittenOrder.asFirst(id) : id);
  }

  private static @Nullable String problems(InputLine line) {
    return line.errors().isEmpty()
        ? null
        : Columns.text(
            line.errors().stream().map(LineError::toString).collect(Collectors.joining("; ")));
  }
}
