package io.reelbatch.ledger;

import io.reelbatch.model.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;

/** Version 4.1 of the schema: rows from before kinds get theirs, which stands in their order. */
public final class KindsOfOlderRows implements LedgerMigration {

  private static final int AT_ONCE = 1000;

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("4.1");
  }

  @Override
  public String getDescription() {
    return "kinds of older rows";
  }

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    try (Statement read = connection.createStatement();
        PreparedStatement write =
            connection.prepareStatement("update batch_row set kind = ? where id = ?");
        ResultSet rows =
            read.executeQuery("select id, order_json from batch_row where kind = ''")) {
      for (int n = 1; rows.next(); n++) {
        write.setString(1, Kind.of(OrderJson.read(rows.getString("order_json"))).name());
        write.setLong(2, rows.getLong("id"));
        write.addBatch();
        if (n % AT_ONCE == 0) {
          write.executeBatch();
        }
      }
      write.executeBatch();
    }
  }
}
