package io.reelbatch.ledger;

import io.reelbatch.model.Message;
import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
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

  // How long H2 leaves alone the space in its file that was freed: until what took its place is on
  // the disk, or a power cut would leave neither. Its own 45 s make a file of many times its
  // content.
  private static final Duration SYNCED = Duration.ofSeconds(5);
  private static final Duration UNSYNCED = Duration.ofSeconds(45);
  private static final int FILLED_PERCENT = 50;
  // More would keep a commit waiting: gathering and writing exclude each other.
  private static final int AT_ONCE = 4 * 1024 * 1024;

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
      jdbc.execute("set retention_time " + (disk == DiskSync.ON ? SYNCED : UNSYNCED).toMillis());
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
          Message.of(
              "the ledger was opened without WRITE_DELAY=0: what it commits would not be on disk, and"
                  + " a killed run could pay twice. Add ;WRITE_DELAY=0 to spring.datasource.url"));
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

  /**
   * Keeps H2's file near the size of its content; to be called every second while a run goes on.
   * Each commit is a chunk of the file, and one page in it that lives on keeps it all: H2 gathers
   * such pages in a thread of its own, but not when it writes at once, as it must here.
   */
  public void tidy() {
    if (h2) {
      sync();
      jdbc.execute(
          (Connection connection) ->
              ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
                  .getDatabase()
                  .getStore()
                  .getMvStore()
                  .compact(FILLED_PERCENT, AT_ONCE));
    }
  }

  /**
   * Makes all commits so far survive a power cut. Blocks. Also to be called every second while
   * something is written: H2 uses freed space again after five.
   */
  public void sync() {
    // PostgreSQL's own commit is on the disk when it returns.
    if (h2 && disk == DiskSync.ON) {
      jdbc.execute("checkpoint sync");
    }
  }
}
