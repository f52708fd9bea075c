package io.reelbatch.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of the ledger, and of Spring Batch in it, as the migrations make them. */
public final class LedgerSchema {

  private LedgerSchema() {}

  /**
   * Brings the database to the newest version. Blocks.
   *
   * @throws org.flywaydb.core.api.FlywayException if it was made by a newer version, if a migration
   *     is not the one it was made with, or if it fails
   */
  public static void migrate(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration/common")
        .javaMigrations(new SpringBatchSchema(), new KindsOfOlderRows())
        .load()
        .migrate();
    LedgerIndexes.ensure(new JdbcTemplate(database));
  }
}
