package io.reelbatch.job;

import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.Rounds;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import java.time.InstantSource;
import java.util.List;

/** Where a person orders rows once more by naming them. Nothing is sent here; the next run does. */
public final class AgainDesk {

  private final HomeUse use;
  private final BatchName batch;
  private final String operator;

  /**
   * Opens nothing yet.
   *
   * @param operator who decides; kept with each row
   */
  public AgainDesk(HomeUse use, BatchName batch, String operator) {
    this.use = use;
    this.batch = batch;
    this.operator = operator;
  }

  /**
   * Has these rows sent once more by the next run; all of them, or none. What was paid for them
   * before stays in the ledger.
   *
   * @return how many rows that were skipped for want of their videos go after them, and are paid
   *     for
   * @throws DeskException if one of them has no end that may be ordered again, or the home or the
   *     batch cannot be had; nothing was changed
   */
  public long again(List<RowKey> rows) {
    return Desk.alone(
        use,
        batch,
        (record, context) ->
            new Rounds(
                    context.getBean(LedgerDatabase.class),
                    context.getBean(InstantSource.class),
                    record)
                .again(rows, operator));
  }
}
