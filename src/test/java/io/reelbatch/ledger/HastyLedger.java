package io.reelbatch.ledger;

import io.reelbatch.model.Terms;
import java.time.Duration;
import java.time.InstantSource;

/** The real ledger, but for the pause before a failed commit is tried again. */
public final class HastyLedger {

  private HastyLedger() {}

  public static Ledger open(
      LedgerDatabase database,
      InstantSource clock,
      BatchRecord batch,
      int round,
      Terms terms,
      RescueFile rescue,
      Runnable changed) {
    return new Ledger(database, clock, batch, round, terms, rescue, changed, Duration.ZERO);
  }
}
