package io.reelbatch.ledger;

import static io.reelbatch.ledger.Columns.utc;

import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settles what a dead run left behind. Call only while holding the lock of the home. */
public final class Recovery {

  private static final Reason DIED =
      Reason.of("run_died", Message.of("The program ended between this request and its answer."));

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final RowMoves moves;
  private final RescueFile rescue;

  /** Works on the given database and the rescue file beside it. */
  public Recovery(LedgerDatabase database, RescueFile rescue) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.moves = new RowMoves(jdbc);
    this.rescue = rescue;
  }

  /**
   * Takes in the ids of the rescue file, of all batches, and turns every request of this batch
   * whose answer was never stored into a doubt. What cannot be taken in is set aside in a file of
   * its own and holds up nothing.
   *
   * @return how many rows became doubtful by that
   */
  public int recover(BatchRecord batch) {
    RescueFile.Content content = rescue.read();
    List<String> strange = new ArrayList<>(content.damaged());
    Integer doubts =
        database
            .transaction()
            .execute(
                status -> {
                  for (RescueFile.Kept kept : content.kept()) {
                    if (isOurs(kept)) {
                      takeIn(kept);
                    } else {
                      log.error("{} was paid for and is no row of this ledger", kept);
                      strange.add(kept.toString());
                    }
                  }
                  return doubtTheUnanswered(batch);
                });
    database.sync();
    if (!strange.isEmpty()) {
      rescue.setAside(strange);
    }
    rescue.clear();
    return doubts == null ? 0 : doubts;
  }

  /** A ledger that was made anew may have given the row's number to another order. */
  private boolean isOurs(RescueFile.Kept kept) {
    Integer rows =
        jdbc.queryForObject(
            "select count(*) from batch_row where id = ? and row_key = ?",
            Integer.class,
            kept.row(),
            kept.key().value());
    return rows != null && rows > 0;
  }

  private void takeIn(RescueFile.Kept kept) {
    jdbc.update(
        """
        update attempt set outcome = 'ACCEPTED', answered_at = ?, code = null, message = null
        where row_id = ? and number = ? and (outcome is null or outcome <> 'ACCEPTED')
        """,
        utc(kept.at()),
        kept.row(),
        kept.attempt());
    jdbc.update(
        "update attempt set charged = amount where row_id = ? and number = ? and charged is null",
        kept.row(),
        kept.attempt());
    Map<RowState, Long> change = new EnumMap<>(RowState.class);
    moves
        .accept(kept.row(), kept.attempt(), kept.task(), kept.at(), change)
        .ifPresent(note -> log.error("row {}: {}", kept.key(), note));
  }

  private int doubtTheUnanswered(BatchRecord batch) {
    RowState next = Lifecycle.next(RowState.SENDING, RowEvent.DOUBTED);
    for (long row :
        jdbc.queryForList(
            "select id from batch_row where batch_id = ? and state = 'SENDING'",
            Long.class,
            batch.id())) {
      jdbc.update(
          """
          update attempt set outcome = 'IN_DOUBT', code = ?, message = ?, message_zh = ?
          where row_id = ? and outcome is null
          """,
          DIED.code(),
          DIED.message(),
          DIED.messageZh(),
          row);
    }
    return jdbc.update(
        "update batch_row set state = ?, version = version + 1 where batch_id = ? and state = 'SENDING'",
        next.name(),
        batch.id());
  }
}
