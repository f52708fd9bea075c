package io.reelbatch.job;

import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/** Spring Batch's own records, in the ledger's file. */
@Configuration(proxyBeanMethods = false)
class BatchRecords extends JdbcDefaultBatchConfiguration {

  private final DataSource database;

  BatchRecords(DataSource database) {
    this.database = database;
  }

  @Override
  protected DataSource getDataSource() {
    return database;
  }

  @Override
  protected PlatformTransactionManager getTransactionManager() {
    return new JdbcTransactionManager(database);
  }

  // With the default, serializable, concurrent starts fail on PostgreSQL.
  @Override
  protected Isolation getIsolationLevelForCreate() {
    return Isolation.READ_COMMITTED;
  }
}
