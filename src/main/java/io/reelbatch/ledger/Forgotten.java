package io.reelbatch.ledger;

import io.reelbatch.model.BatchName;
import java.time.Instant;

/**
 * What of a batch is forgotten, or would be.
 *
 * @param lastActive when something happened in it last
 * @param open its rows that could still move by a run or a person's word: as long as there are any,
 *     what its rows ask for is kept
 * @param orders rows whose orders go; the rows stay, with all that was paid for them
 * @param lines lines of files
 * @param answers answers of the gateway as they came, and links
 * @param runs runs of Spring Batch
 */
public record Forgotten(
    BatchName batch,
    Instant lastActive,
    long open,
    long orders,
    long lines,
    long answers,
    long runs) {

  /** Whether it is anything. */
  public boolean isAny() {
    return orders + lines + answers + runs > 0;
  }
}
