package io.reelbatch.ledger;

import io.reelbatch.model.InputLine;
import io.reelbatch.model.Kind;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.ModelSpec;
import io.reelbatch.model.Retirement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Staged lines that would still be sent to a model that is gone. What was paid for while the model
 * was there is no error: its line may stay in the file for ever.
 */
final class RetiredLines {

  private final JdbcTemplate jdbc;
  private final List<ModelSpec> retired;

  RetiredLines(JdbcTemplate jdbc, List<ModelSpec> retired) {
    this.jdbc = jdbc;
    this.retired = retired;
  }

  /** Once {@link KnownRows} has found which lines are rows that the batch already has. */
  List<LineError> errors(StagedInput input) {
    List<LineError> errors = new ArrayList<>();
    if (retired.isEmpty()) {
      return errors;
    }
    for (Kind kind : input.kinds()) {
      for (ModelSpec model : retired) {
        if (kind.isOf(model.name())) {
          linesToSend(input.id(), kind.name()).forEach(line -> errors.add(error(line, model)));
        }
      }
    }
    return errors;
  }

  private List<Long> linesToSend(long input, String kind) {
    return jdbc
        .query(
            """
        select s.position from staged_order s left join batch_row r on r.id = s.row_id
        where s.input_id = ? and s.kind = ?
          and (r.id is null or r.state in ('PLANNED', 'WITHDRAWN', 'SKIPPED')
               or (r.state = 'REFUSED' and r.content <> s.content))
        order by s.position
        """,
            (row, n) -> InputLine.lineAt(row.getLong("position")),
            input,
            kind)
        .stream()
        .distinct()
        .toList();
  }

  private static LineError error(long line, ModelSpec model) {
    Retirement end = model.retirement();
    String successor = end == null ? null : end.successor();
    return new LineError(
        line,
        "model",
        model.name(),
        Message.joined(
            Message.of("is not served any more since {0}", end == null ? "" : end.day()),
            successor == null ? Message.of("; give another model") : Message.NOTHING),
        List.of(),
        successor);
  }
}
