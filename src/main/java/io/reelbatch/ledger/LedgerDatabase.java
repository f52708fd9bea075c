package io.reelbatch.ledger;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database under the ledger, and the one place that knows how to make a commit durable.
 *
 * <p>H2's own commit returns before anything is written (up to 500 ms with its defaults), so it
 * must be opened with {@code WRITE_DELAY=0}, and what is to survive a power cut is synced besides.
 */
public final class LedgerDatabase {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final DiskSync disk;
  private final boolean h2;

  /** What follows a commit that money hangs on. */
  public enum DiskSync {
    /** {@code CHECKPOINT SYNC}: the commit survives a power cut. */
    ON,
    /** The commit survives the death of the process, not of the machine. */
    OFF
  }

  /**
   * Works on an open, migrated database.
   *
   * @throws LedgerException if it is an H2 file that was opened without {@code WRITE_DELAY=0}: its
   *     intents would not be on disk when their requests leave
   */
  public LedgerDatabase(DataSource dataSource, DiskSync disk) {
    this.jdbc = new JdbcTemplate(dataSource);
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    // Else the connection goes back to its pool with the work still open, and switching it to
    // auto-commit there commits what was reported as failed.
    transactions.setRollbackOnCommitFailure(true);
    this.transaction = new TransactionTemplate(transactions);
    this.disk = disk;
    this.h2 = "H2".equals(product());
    if (h2) {
      refuseDelayedWrites();
    }
  }

  private @Nullable String product() {
    return jdbc.execute(
        (Connection connection) -> connection.getMetaData().getDatabaseProductName());
  }

  private void refuseDelayedWrites() {
    Integer delayed =
        jdbc.queryForObject(
            """
            select count(*) from information_schema.settings
            where setting_name = 'WRITE_DELAY' and setting_value <> '0'
            """,
            Integer.class);
    if (delayed != null && delayed > 0) {
      throw new LedgerException(
          "the ledger was opened without WRITE_DELAY=0: what it commits would not be on disk, and a"
              + " killed run could pay twice. Add ;WRITE_DELAY=0 to spring.datasource.url");
    }
  }

  JdbcTemplate jdbc() {
    return jdbc;
  }

  TransactionTemplate transaction() {
    return transaction;
  }

  /** Whether no other process can work on it: H2 lets in one. */
  boolean isOursAlone() {
    return h2;
  }

  /** Makes all commits so far survive a power cut. Blocks. */
  void sync() {
    // PostgreSQL's own commit is on the disk when it returns.
    if (h2 && disk == DiskSync.ON) {
      jdbc.execute("checkpoint sync");
    }
  }
}
