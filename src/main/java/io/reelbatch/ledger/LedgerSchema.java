package io.reelbatch.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of the ledger, and of Spring Batch in it, as the migrations make them. */
public final class LedgerSchema {

  /** The version of the last migration. Asking Flyway for it takes a tenth of a start. */
  static final String NEWEST = "15";

  private LedgerSchema() {}

  /**
   * Whether the database is at the newest version, so that nothing is left to {@link #migrate}.
   *
   * @throws NewerLedgerException if it is beyond it
   */
  static boolean isCurrent(Connection database) throws SQLException {
    BigDecimal newest = new BigDecimal(NEWEST);
    BigDecimal found = null;
    try (ResultSet tables =
        database
            .getMetaData()
            .getTables(null, database.getSchema(), "flyway_schema_history", null)) {
      if (!tables.next()) {
        return false;
      }
    }
    try (Statement sql = database.createStatement();
        ResultSet history =
            sql.executeQuery(
                """
                select "version", "success" from "flyway_schema_history"
                where "version" is not null
                """)) {
      while (history.next()) {
        BigDecimal version = new BigDecimal(history.getString(1));
        if (version.compareTo(newest) > 0) {
          throw NewerLedgerException.of(history.getString(1), NEWEST);
        }
        if (!history.getBoolean(2)) {
          return false;
        }
        found = found == null ? version : found.max(version);
      }
    }
    return found != null && found.compareTo(newest) == 0;
  }

  /**
   * Brings the database to the newest version. Blocks.
   *
   * @throws org.flywaydb.core.api.FlywayException if a migration is not the one it was made with,
   *     or if it fails
   */
  public static void migrate(DataSource database) {
    flyway(database).migrate();
    LedgerIndexes.ensuring().forEach(new JdbcTemplate(database)::execute);
  }

  static Flyway flyway(DataSource database) {
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration/common")
        .javaMigrations(new SpringBatchSchema(), new KindsOfOlderRows(), new NumbersInOrder())
        .load();
  }
}
