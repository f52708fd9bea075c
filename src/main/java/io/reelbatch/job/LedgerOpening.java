package io.reelbatch.job;

import com.zaxxer.hikari.HikariDataSource;
import io.reelbatch.ledger.LedgerFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the ledger of a home in a thread of its own, while Spring starts in another: each takes
 * about as long, and cron starts the program often.
 *
 * <p>The ledger is where the home is. No setting may move it: another ledger pays again.
 */
final class LedgerOpening implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LedgerOpening.class);
  private static final int CONNECTIONS = 8;

  private final LedgerFile file;
  private final HikariDataSource source = new HikariDataSource();
  private final FutureTask<Connection> opened;
  private final Thread opener;

  LedgerOpening(Home home) {
    file = home.ledger();
    opened = new FutureTask<>(file::open);
    opener = new Thread(opened, "ledger-opening");
    source.setJdbcUrl(file.url());
    source.setUsername(file.user());
    source.setMaximumPoolSize(CONNECTIONS);
  }

  /**
   * Begins with a ledger that is there, which nothing can come of but that it is open. A new one
   * waits for {@link #begin}: settings that are refused should leave none.
   */
  void beginIfThere() {
    if (file.exists()) {
      begin();
    }
  }

  void begin() {
    if (opener.getState() == Thread.State.NEW) {
      opener.start();
    }
  }

  /** The database, open and at its newest version. Blocks; throws what went wrong with it. */
  @SuppressWarnings("try") // held, not used
  DataSource database() throws InterruptedException, SQLException {
    try (Connection held = opened.get()) {
      source.getConnection().close(); // from here on the pool holds the file open
      return source;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IllegalStateException("the ledger cannot be opened", e.getCause());
    }
  }

  // Awaited, not interrupted: H2 closes its file under an interrupted thread.
  @Override
  public void close() {
    boolean interrupted = false;
    while (opener.isAlive()) {
      try {
        opener.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    source.close();
    if (opened.isDone()) {
      closeHeld();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // Where Spring failed before it asked for the database.
  private void closeHeld() {
    try {
      opened.get().close();
    } catch (ExecutionException | InterruptedException | SQLException e) {
      log.debug("the ledger was not open", e);
    }
  }
}
