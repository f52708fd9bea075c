package io.reelbatch.ledger;

import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A version of the schema that is made in Java, within the transaction of all the others. */
interface LedgerMigration extends JavaMigration {

  @Override
  default @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  default boolean canExecuteInTransaction() {
    return true;
  }
}
