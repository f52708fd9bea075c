package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.WrittenOrder;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Takes in the lines of a new input, page by page, without touching any row: until {@link
 * Activation} nothing counts. Used by one thread.
 */
public final class Staging {

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;
  private final Kept kept;
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
   * @return it, without a line so far
   */
  public StagedInput begin(String digest, String admission, String file, List<String> columns) {
    unfinished().forEach(this::forgetOrders);
    staged = 0;
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              forgetUnfinished();
              jdbc.update(
                  """
                  insert into input
                    (batch_id, digest, admission, file, column_names, line_count, staged_at)
                  values (?, ?, ?, ?, ?, 0, ?)
                  """,
                  batch.id(),
                  digest,
                  admission,
                  Columns.escaped(file),
                  OrderJson.write(columns),
                  Columns.utc(clock.instant()));
            });
    Long id =
        jdbc.queryForObject("select max(id) from input where batch_id = ?", Long.class, batch.id());
    if (id == null) {
      throw new LedgerException(Message.of("the ledger did not take the new input"));
    }
    return new StagedInput(id);
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
    if (others || !database.isOursAlone()) {
      jdbc.update("delete from staged_order where input_id = ?", input);
    } else {
      // At once, where deleting a million takes as long as writing them took.
      jdbc.execute("truncate table staged_order");
    }
  }

  /** Commits a page of lines, right and wrong ones. */
  public void add(StagedInput input, List<InputLine> lines) {
    boolean few = staged < LedgerIndexes.MANY;
    staged += lines.size();
    if (few && staged >= LedgerIndexes.MANY) {
      new LedgerIndexes(database).dropThoseOfStaged(); // the check makes those that it needs
    }
    database.transaction().executeWithoutResult(status -> insert(input, lines));
    // Before H2 uses the space again that this page has freed.
    database.sync();
  }

  private void insert(StagedInput input, List<InputLine> lines) {
    List<Numbered> numbered = new ArrayList<>(lines.size());
    long next = numbers(lines.size());
    for (InputLine line : lines) {
      numbered.add(new Numbered(next++, line));
    }
    if (kept == Kept.LINES) {
      insertLines(input.id(), numbered);
    }
    List<StagedOrder> orders =
        numbered.stream()
            .filter(each -> each.line().order() != null)
            .map(each -> order(each, input.occurrences()))
            .toList();
    insertOrders(input.id(), orders);
    orders.forEach(each -> input.add(each.number(), 0, each.id(), each.sourceId(), each.kind()));
  }

  /** A line with the number that its row has if it is a new one. */
  private record Numbered(long number, InputLine line) {}

  private void insertLines(long input, List<Numbered> lines) {
    jdbc.batchUpdate(
        "insert into input_line (input_id, position, cells, problem, row_id) values (?, ?, ?, ?, ?)",
        lines,
        lines.size(),
        (values, each) -> {
          values.setLong(1, input);
          values.setLong(2, each.line().position());
          values.setString(3, OrderJson.write(each.line().cells()));
          values.setString(4, problems(each.line()));
          values.setObject(5, each.line().order() == null ? null : each.number(), Types.BIGINT);
        });
  }

  private void insertOrders(long input, List<StagedOrder> orders) {
    jdbc.batchUpdate(
        """
        insert into staged_order (new_id, input_id, position, row_key, external_id, content,
          occurrence, order_json, kind, source_id, source_task)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        orders,
        Math.max(1, orders.size()),
        (values, order) -> {
          values.setLong(1, order.number());
          values.setLong(2, input);
          values.setLong(3, order.position());
          values.setString(4, order.key());
          values.setString(5, order.id());
          values.setString(6, order.content());
          values.setInt(7, order.occurrence());
          values.setString(8, order.json());
          values.setString(9, order.kind());
          values.setString(10, order.sourceId());
          values.setString(11, order.sourceTask());
        });
  }

  /** The columns of an order. */
  private record StagedOrder(
      long number,
      long position,
      String key,
      @Nullable String id,
      String content,
      int occurrence,
      String json,
      String kind,
      @Nullable String sourceId,
      @Nullable String sourceTask) {}

  /** The first of so many numbers that no row has, or will have. */
  private long numbers(int count) {
    jdbc.update("update row_number set next_id = next_id + ?", count);
    Long next = jdbc.queryForObject("select next_id from row_number", Long.class);
    if (next == null) {
      throw new LedgerException(Message.of("the ledger has lost count of its rows"));
    }
    return next - count;
  }

  /** Marks lines as wrong, so that the rest may be let in without them. */
  public void passOver(StagedInput input, List<LineError> errors) {
    new LedgerIndexes(database).makeThatOfStagedPositions();
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
                    problem(error.message()),
                    input.id(),
                    InputLine.firstPosition(error.line()),
                    InputLine.firstPosition(error.line() + 1));
                jdbc.update(
                    """
                    delete from staged_order
                    where input_id = ? and position >= ? and position < ?
                    """,
                    input.id(),
                    InputLine.firstPosition(error.line()),
                    InputLine.firstPosition(error.line() + 1));
              }
            });
    input.readAgain(jdbc);
  }

  /** Which lines are rows that the batch already has is found out by {@link KnownRows}. */
  private static StagedOrder order(Numbered numbered, Occurrences occurrences) {
    InputLine line = numbered.line();
    WrittenOrder order = Objects.requireNonNull(line.order());
    int occurrence = occurrences.next(order.content());
    RowKey key =
        order.id() == null ? RowKey.of(order.content(), occurrence) : named(order.id(), line);
    @Nullable SourceRef source = order.source();
    return new StagedOrder(
        numbered.number(),
        line.position(),
        Columns.escaped(key.value()),
        Columns.escapedOrNull(order.id()),
        order.content().value(),
        occurrence,
        OrderJson.write(order.order()),
        Kind.of(order.order()).name(),
        source instanceof SourceRef.OfRow row ? Columns.escaped(row.id()) : null,
        source instanceof SourceRef.OfTask task ? Columns.escaped(task.task().value()) : null);
  }

  private static RowKey named(String id, InputLine line) {
    return new RowKey(line.variant() == 1 ? WrittenOrder.asFirst(id) : id);
  }

  /** In English, and below that in Chinese. */
  private static String problem(Message message) {
    String both = oneLine(message, Language.EN) + "\n" + oneLine(message, Language.ZH);
    return Objects.requireNonNull(Columns.text(both));
  }

  private static String oneLine(Message message, Language language) {
    return message.in(language).replace('\n', ' ');
  }

  private static @Nullable String problems(InputLine line) {
    List<Message> errors = line.errors().stream().map(LineError::message).toList();
    return errors.isEmpty() ? null : problem(Message.joined(Message.of("; "), errors));
  }
}
