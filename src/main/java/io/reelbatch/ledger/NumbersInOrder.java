package io.reelbatch.ledger;

import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;

/**
 * Version 12.1 of the schema: numbers of tasks and videos come in the order of their inserts, which
 * those who look for new ones rely on. H2 hands out sets of numbers to all, PostgreSQL a set of its
 * own to each connection.
 */
public final class NumbersInOrder implements LedgerMigration {

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("12.1");
  }

  @Override
  public String getDescription() {
    return "numbers in order";
  }

  @Override
  public void migrate(Context context) throws Exception {
    if (LedgerDatabase.isServer(context.getConnection())) {
      try (Statement sql = context.getConnection().createStatement()) {
        sql.execute("alter table task alter column id set cache 1");
        sql.execute("alter table video alter column id set cache 1");
      }
    }
  }
}
