package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Kind;
import io.reelbatch.model.LineError;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.WrittenOrder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

  /** Stages inputs of the given batch. */
  public Staging(LedgerDatabase database, InstantSource clock, BatchRecord batch) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
  }

  /**
   * Begins a new input and forgets those of this batch that never were activated.
   *
   * @return its number
   */
  public long begin(String digest, String admission, String file, List<String> columns) {
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
      throw new LedgerException("the ledger did not take the new input");
    }
    return id;
  }

  private void forgetUnfinished() {
    for (long input :
        jdbc.queryForList(
            "select id from input where batch_id = ? and activated_at is null",
            Long.class,
            batch.id())) {
      jdbc.update("delete from staged_order where input_id = ?", input);
      jdbc.update("delete from input_line where input_id = ?", input);
      jdbc.update("delete from input where id = ?", input);
    }
  }

  /** Commits a page of lines, right and wrong ones. */
  public void add(long input, List<InputLine> lines) {
    List<Object[]> kept = new ArrayList<>();
    List<Object[]> orders = new ArrayList<>();
    for (InputLine line : lines) {
      kept.add(new Object[] {input, line.number(), OrderJson.write(line.cells()), problems(line)});
      if (line.order() != null) {
        orders.add(order(input, line.number(), line.order()));
      }
    }
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              jdbc.batchUpdate(
                  "insert into input_line (input_id, line, cells, problem) values (?, ?, ?, ?)",
                  kept);
              jdbc.batchUpdate(
                  """
                  insert into staged_order (input_id, line, row_key, external_id, content,
                    occurrence, order_json, kind, source_id, source_task)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  """,
                  orders);
            });
  }

  /** Marks lines as wrong, so that the rest may be let in without them. */
  public void passOver(long input, List<LineError> errors) {
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              for (LineError error : errors) {
                jdbc.update(
                    "update input_line set problem = ? where input_id = ? and line = ?",
                    Columns.text(error.toString()),
                    input,
                    error.line());
                jdbc.update(
                    "delete from staged_order where input_id = ? and line = ?",
                    input,
                    error.line());
              }
            });
  }

  /** Equal contents are told apart later, by {@link KnownRows}. */
  private static Object[] order(long input, long line, WrittenOrder order) {
    RowKey key = order.id() == null ? RowKey.of(order.content(), 1) : new RowKey(order.id());
    @Nullable SourceRef source = order.source();
    return new Object[] {
      input,
      line,
      Columns.escaped(key.value()),
      Columns.escapedOrNull(order.id()),
      order.content().value(),
      1,
      OrderJson.write(order.order()),
      Kind.of(order.order()).name(),
      source instanceof SourceRef.OfRow row ? Columns.escaped(row.id()) : null,
      source instanceof SourceRef.OfTask task ? Columns.escaped(task.task().value()) : null
    };
  }

  private static @Nullable String problems(InputLine line) {
    return line.errors().isEmpty()
        ? null
        : Columns.text(
            line.errors().stream().map(LineError::toString).collect(Collectors.joining("; ")));
  }
}
