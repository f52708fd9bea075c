package io.reelbatch.ledger;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** Version 1 of the schema: the tables of Spring Batch itself, from the script that it ships. */
public final class SpringBatchSchema implements LedgerMigration {

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("1");
  }

  @Override
  public String getDescription() {
    return "spring batch";
  }

  @Override
  public void migrate(Context context) throws Exception {
    String product =
        context
            .getConnection()
            .getMetaData()
            .getDatabaseProductName()
            .toLowerCase(java.util.Locale.ROOT);
    ScriptUtils.executeSqlScript(
        context.getConnection(),
        new ClassPathResource("org/springframework/batch/core/schema-" + product + ".sql"));
  }
}
