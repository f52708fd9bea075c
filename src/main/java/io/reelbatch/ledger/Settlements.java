package io.reelbatch.ledger;

import io.reelbatch.model.RowState;
import io.reelbatch.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps a person's words on rows, each with its time and author. Works inside its caller's
 * transaction.
 */
final class Settlements {

  private final JdbcTemplate jdbc;

  /** A row that somebody decides on, as it was read. */
  record Row(long id, int version, int attempts, RowState state) {}

  Settlements(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void note(Row row, String action, @Nullable TaskId task, String operator, Instant at) {
    jdbc.update(
        """
        insert into settlement (row_id, attempt, action, task_id, operator, decided_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        row.id(),
        row.attempts(),
        action,
        task == null ? null : Columns.escaped(task.value()),
        Columns.word(operator, 200),
        Columns.utc(at));
  }
}
