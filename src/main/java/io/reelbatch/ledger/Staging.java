package io.reelbatch.ledger;

import io.reelbatch.model.ContentHash;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.LineError;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.SourceRef;
import io.reelbatch.model.WrittenOrder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    for (String table : List.of("staged_order", "input_line")) {
      jdbc.update(
          "delete from "
              + table
              + " where input_id in"
              + " (select id from input where batch_id = ? and activated_at is null)",
          batch.id());
    }
    jdbc.update("delete from input where batch_id = ? and activated_at is null", batch.id());
  }

  /** Commits a page of lines, right and wrong ones. */
  public void add(long input, List<InputLine> lines) {
    Map<ContentHash, Integer> seen = new HashMap<>();
    List<Object[]> kept = new ArrayList<>();
    List<Object[]> orders = new ArrayList<>();
    for (InputLine line : lines) {
      kept.add(new Object[] {input, line.number(), OrderJson.write(line.cells()), problems(line)});
      if (line.order() != null) {
        int occurrence =
            seen.compute(
                line.order().content(),
                (hash, last) -> 1 + (last == null ? lastOccurrence(input, hash) : last));
        orders.add(order(input, line.number(), line.order(), occurrence));
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
                    occurrence, order_json, source_id, source_task)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?)
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

  private static Object[] order(long input, long line, WrittenOrder order, int occurrence) {
    RowKey key =
        order.id() == null ? RowKey.of(order.content(), occurrence) : new RowKey(order.id());
    @Nullable SourceRef source = order.source();
    return new Object[] {
      input,
      line,
      Columns.escaped(key.value()),
      Columns.escapedOrNull(order.id()),
      order.content().value(),
      occurrence,
      OrderJson.write(order.order()),
      source instanceof SourceRef.OfRow row ? Columns.escaped(row.id()) : null,
      source instanceof SourceRef.OfTask task ? Columns.escaped(task.task().value()) : null
    };
  }

  private int lastOccurrence(long input, ContentHash hash) {
    return jdbc
        .queryForList(
            """
            select occurrence from staged_order where input_id = ? and content = ?
            order by input_id desc, content desc, occurrence desc limit 1
            """,
            Integer.class,
            input,
            hash.value())
        .stream()
        .findFirst()
        .orElse(0);
  }

  private static @Nullable String problems(InputLine line) {
    return line.errors().isEmpty()
        ? null
        : Columns.text(
            line.errors().stream().map(LineError::toString).collect(Collectors.joining("; ")));
  }
}
