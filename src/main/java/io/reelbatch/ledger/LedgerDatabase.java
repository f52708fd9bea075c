package io.reelbatch.ledger;

import io.reelbatch.model.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
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
  private final ThreadLocal<Boolean> inTransaction = new ThreadLocal<>();
  private final DiskSync disk;
  private final boolean server;
  private final @Nullable MVStore store;

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
   * @throws LedgerException if it is an H2 file that was opened without {@code WRITE_DELAY=0}, or a
   *     server that does not write what it commits to its disk: intents would not be there when
   *     their requests leave
   */
  public LedgerDatabase(DataSource dataSource, DiskSync disk) {
    this.server = isServer(dataSource);
    this.jdbc =
        server
            ? new PatientReads(dataSource, () -> Boolean.TRUE.equals(inTransaction.get()))
            : new JdbcTemplate(dataSource);
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    // Else the connection goes back to its pool with the work still open, and switching it to
    // auto-commit there commits what was reported as failed.
    transactions.setRollbackOnCommitFailure(true);
    this.transaction = new Transactions(transactions);
    this.disk = disk;
    if (server) {
      store = null;
      refuseForgetfulServer();
    } else {
      store = jdbc.execute((Connection connection) -> store(connection));
      refuseDelayedWrites();
      jdbc.execute("set retention_time " + (disk == DiskSync.ON ? SYNCED : UNSYNCED).toMillis());
    }
  }

  static MVStore store(Connection connection) throws SQLException {
    return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
        .getDatabase()
        .getStore()
        .getMvStore();
  }

  /**
   * Whether H2's file could not be written: nothing is committed any more, and a statement may
   * never end. Asks no database.
   */
  public boolean isBroken() {
    return store != null && store.getPanicException() != null;
  }

  private static boolean isServer(DataSource dataSource) {
    return Boolean.TRUE.equals(
        new JdbcTemplate(dataSource).execute((Connection connection) -> isServer(connection)));
  }

  static boolean isServer(Connection connection) throws SQLException {
    return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
  }

  private void refuseForgetfulServer() {
    jdbc.query(
        """
        select current_setting('fsync'), current_setting('synchronous_commit'),
               current_setting('transaction_read_only')
        """,
        row -> {
          if (row.getString(1).equals("off") || row.getString(2).equals("off")) {
            throw new LedgerException(
                Message.of(
                    "the server of the ledger has {0} = off: what it commits may be gone after a crash,"
                        + " and rows would be paid for twice. Switch it on for the server, the database"
                        + " and the user. Nothing was sent",
                    row.getString(1).equals("off") ? "fsync" : "synchronous_commit"));
          }
          if (row.getString(3).equals("on")) {
            throw new LedgerException(
                Message.of(
                    "the server of the ledger takes no writes: it may be a standby. Set"
                        + " spring.datasource.url to the one that does. Nothing was sent"));
          }
        });
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

  /**
   * Does the work so that nothing of it stays on a server, not even if this is killed. The file of
   * H2 that one would do such work with is a copy.
   */
  public <T extends @Nullable Object> T trying(Supplier<T> work) {
    if (!server) {
      return work.get();
    }
    return transaction.execute(
        status -> {
          status.setRollbackOnly();
          return work.get();
        });
  }

  JdbcTemplate jdbc() {
    return jdbc;
  }

  TransactionTemplate transaction() {
    return transaction;
  }

  /** Whether other processes, with other batches, work on it too: H2 lets in one. */
  boolean isServer() {
    return server;
  }

  /** What a query ends with that reads what must not change before the transaction has ended. */
  String forShare() {
    return server ? " for share" : "";
  }

  /** What a query ends with that reads what the same transaction will change. */
  String forUpdate() {
    return server ? " for update" : "";
  }

  /**
   * Keeps H2's file near the size of its content; to be called every second while a run goes on.
   * Each commit is a chunk of the file, and one page in it that lives on keeps it all: H2 gathers
   * such pages in a thread of its own, but not when it writes at once, as it must here.
   */
  public void tidy() {
    if (!server) {
      sync();
      jdbc.execute((Connection connection) -> store(connection).compact(FILLED_PERCENT, AT_ONCE));
    }
  }

  /**
   * Makes all commits so far survive a power cut. Blocks. Also to be called every second while
   * something is written: H2 uses freed space again after five.
   */
  public void sync() {
    // PostgreSQL's own commit is on the disk when it returns.
    if (!server && disk == DiskSync.ON) {
      jdbc.execute("checkpoint sync");
    }
  }

  /** Whether a server has ended the connection: it shuts down, has crashed or is not there yet. */
  public static boolean hasLostConnection(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
      if (state != null && (state.startsWith("08") || state.matches("57P0[1-4]"))) {
        return true;
      }
    }
    return false;
  }

  /** Knows whether it is at work: what is read meanwhile cannot be read once more by itself. */
  private final class Transactions extends TransactionTemplate {

    private static final long serialVersionUID = 1L;

    Transactions(PlatformTransactionManager manager) {
      super(manager);
    }

    @Override
    public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
      Boolean before = inTransaction.get();
      inTransaction.set(true);
      try {
        return super.execute(action);
      } finally {
        inTransaction.set(before);
      }
    }
  }
}
