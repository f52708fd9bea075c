package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.text;
import static io.reelbatch.ledger.Columns.utc;
import static io.reelbatch.ledger.Columns.word;

import io.reelbatch.model.Evidence;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes how paid requests ended: the answer and the id without condition, then the row. Works
 * inside the transaction of its caller.
 */
final class AnswerWriter {

  private static final int[] TYPES = {
    Types.VARCHAR,
    Types.INTEGER,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.TIMESTAMP_WITH_TIMEZONE,
    Types.VARCHAR,
    Types.BIGINT,
    Types.INTEGER
  };

  private final JdbcTemplate jdbc;
  private final RowMoves moves;
  private final Charges charges;

  AnswerWriter(JdbcTemplate jdbc, RowMoves moves, Charges charges) {
    this.jdbc = jdbc;
    this.moves = moves;
    this.charges = charges;
  }

  /**
   * Writes all of them.
   *
   * @param before whether some of this may be committed already
   */
  void write(List<JournalEntry.Answer> answers, GroupWriter.Before before, Changes changes) {
    if (answers.isEmpty()) {
      return;
    }
    writeOutcomes(answers);
    List<RowMoves.Acceptance> accepted = new ArrayList<>();
    for (JournalEntry.Answer answer : answers) {
      Attempt attempt = answer.attempt();
      if (answer.outcome() instanceof SendOutcome.Accepted paid) {
        accepted.add(
            new RowMoves.Acceptance(
                attempt.row(),
                attempt.key(),
                attempt.version(),
                attempt.number(),
                paid.task(),
                answer.at()));
      } else {
        writeOther(attempt, answer.outcome(), changes);
      }
    }
    moves.acceptAll(accepted, before, changes);
  }

  private void writeOther(Attempt attempt, SendOutcome outcome, Changes changes) {
    if (!(outcome instanceof SendOutcome.InDoubt)) { // what is in doubt stays reserved
      charges.release(attempt.row(), attempt.number());
    }
    Answered answered = Answered.of(outcome);
    if (!moves.move(
        attempt.row(), attempt.version(), RowState.SENDING, answered.event(), changes.rows())) {
      changes.note(GroupWriter.movedMeanwhile(attempt.key(), RowState.SENDING, answered.event()));
    }
  }

  private void writeOutcomes(List<JournalEntry.Answer> answers) {
    jdbc.batchUpdate(
        """
        update attempt set outcome = ?, http_status = ?, request_id = ?, code = ?, message = ?,
               message_zh = ?, raw = ?, answered_at = ?,
               charged = case when ? = 'ACCEPTED' and charged is null then amount else charged end
        where row_id = ? and number = ?
        """,
        answers.stream().map(AnswerWriter::outcome).toList(),
        TYPES);
  }

  private static Object[] outcome(JournalEntry.Answer answer) {
    Answered answered = Answered.of(answer.outcome());
    Evidence evidence = answer.outcome().evidence();
    @Nullable Reason reason = answered.reason();
    return new Object[] {
      answered.word(),
      evidence.httpStatus(),
      word(evidence.requestId()),
      reason == null ? null : word(reason.code()),
      reason == null ? null : text(reason.message()),
      reason == null ? null : text(reason.messageZh()),
      text(evidence.raw()),
      utc(answer.at()),
      answered.word(),
      answer.attempt().row(),
      answer.attempt().number()
    };
  }
}
