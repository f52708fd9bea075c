package io.reelbatch.ledger;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Lifecycle;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes intents: rows by compare-and-set, their attempts, their money. Works inside the
 * transaction of its caller.
 */
final class IntentWriter {

  private static final int[] ATTEMPT = {
    Types.BIGINT,
    Types.INTEGER,
    Types.INTEGER,
    Types.TIMESTAMP_WITH_TIMEZONE,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.DECIMAL,
    Types.VARCHAR
  };

  private final LedgerDatabase database;
  private final JdbcTemplate jdbc;
  private final Charges charges;
  private final BatchRecord batch;
  private final int round;

  private record Intent(PlannedRow row, Instant at) {}

  IntentWriter(LedgerDatabase database, Charges charges, BatchRecord batch, int round) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.charges = charges;
    this.batch = batch;
    this.round = round;
  }

  /**
   * Writes all of them, as far as the caps grant it.
   *
   * @throws LedgerException if a row is not as it was read, or another runner has taken the batch:
   *     nothing may be sent
   */
  void write(List<JournalEntry.Intents> entries, Changes changes) {
    if (entries.isEmpty()) {
      return;
    }
    refuseIfTakenOver();
    List<Intent> intents = new ArrayList<>();
    entries.forEach(entry -> intents.addAll(granted(entry)));
    if (!intents.isEmpty()) {
      moveRows(intents, changes);
      insertAttempts(intents);
    }
  }

  // Whoever takes the batch over waits until this is committed, and then sees these intents.
  private void refuseIfTakenOver() {
    Long epoch =
        jdbc.queryForObject(
            "select epoch from batch where id = ?" + database.forShare(), Long.class, batch.id());
    if (epoch == null || epoch != batch.epoch()) {
      throw new LedgerException(
          Message.of(
              "batch {0} was taken over by another run while this one could not reach the ledger; this"
                  + " one sends nothing more",
              batch.name()));
    }
  }

  /** Grants the first of the rows; returns those that are not written yet. */
  private List<Intent> granted(JournalEntry.Intents entry) {
    List<PlannedRow> granted = new ArrayList<>();
    List<Intent> left = new ArrayList<>();
    Optional<Caps.Reached> reached = Optional.empty();
    for (PlannedRow row : entry.rows()) {
      if (row.order().prompt().isEmpty()) {
        throw new LedgerException(
            Message.of("what row {0} asks for was forgotten; it was not sent", row.key()));
      }
      if (!entry.grant().isPerhapsCommitted() || !isIntended(row, entry.at())) {
        reached = charges.check(row.order(), entry.at());
        if (reached.isPresent()) {
          break;
        }
        charges.reserve(row.order(), entry.at());
        left.add(new Intent(row, entry.at()));
      }
      granted.add(row);
    }
    entry.grant().give(granted, reached.orElse(null));
    return left;
  }

  /** Whether this very intent is written: its commit may have been one although it failed. */
  private boolean isIntended(PlannedRow row, Instant at) {
    return !jdbc.queryForList(
            """
            select a.number from attempt a join batch_row r on r.id = a.row_id
            where a.row_id = ? and a.number = ? and a.intended_at = ? and a.outcome is null
              and r.state = 'SENDING' and r.version = ?
            """,
            Integer.class,
            row.id(),
            row.attempts() + 1,
            Columns.utc(at),
            row.version() + 1)
        .isEmpty();
  }

  private void moveRows(List<Intent> intents, Changes changes) {
    RowState next = Lifecycle.next(RowState.PLANNED, RowEvent.INTENDED);
    int[] counts =
        jdbc.batchUpdate(
            """
            update batch_row set state = ?, version = version + 1, attempts = attempts + 1
            where id = ? and version = ? and state = 'PLANNED'
            """,
            intents.stream()
                .map(Intent::row)
                .map(row -> new Object[] {next.name(), row.id(), row.version()})
                .toList());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 1) {
        throw new LedgerException(
            Message.of(
                "row {0} was moved by somebody else; it was not sent", intents.get(i).row().key()));
      }
    }
    changes.moved(RowState.PLANNED, next, intents.size());
    changes.intended(intents.size());
  }

  private void insertAttempts(List<Intent> intents) {
    jdbc.batchUpdate(
        """
        insert into attempt
          (row_id, number, round, intended_at, origin, account, amount, currency)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        intents.stream().map(this::attempt).toList(),
        ATTEMPT);
  }

  private Object[] attempt(Intent intent) {
    Money price = charges.price(intent.row().order());
    return new Object[] {
      intent.row().id(),
      intent.row().attempts() + 1,
      round,
      Columns.utc(intent.at()),
      batch.origin(),
      intent.row().account().value(),
      price == null ? null : price.amount(),
      price == null ? null : price.currency().getCurrencyCode()
    };
  }
}
