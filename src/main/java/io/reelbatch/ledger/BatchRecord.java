package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;

/**
 * A batch as the ledger knows it.
 *
 * @param origin the gateway that all of its tasks were made at
 * @param account whose key new ones are made with
 * @param epoch how often a runner has taken it; who sends for it must be the last
 */
public record BatchRecord(long id, BatchName name, String origin, AccountName account, long epoch) {

  /** Whether its gateway is the built-in one, which has a name and no address. */
  public boolean isSimulated() {
    return !origin.contains("://");
  }
}
