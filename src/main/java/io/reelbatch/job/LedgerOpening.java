package io.reelbatch.job;

import com.zaxxer.hikari.HikariDataSource;
import io.reelbatch.ledger.LedgerSchema;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;

/**
 * Opens the ledger of a home in a thread of its own, while Spring starts in another: each takes
 * about as long, and cron starts the program often.
 *
 * <p>The ledger is where the home is. No setting may move it: another ledger pays again.
 */
final class LedgerOpening implements AutoCloseable {

  private static final int CONNECTIONS = 8;

  private final HikariDataSource source = new HikariDataSource();
  private final FutureTask<DataSource> opened = new FutureTask<>(this::open);
  private final Thread opener = new Thread(opened, "ledger-opening");

  LedgerOpening(Home home) {
    source.setJdbcUrl(home.databaseUrl());
    source.setUsername("sa");
    source.setMaximumPoolSize(CONNECTIONS);
  }

  private DataSource open() {
    LedgerSchema.migrate(source);
    return source;
  }

  void begin() {
    opener.start();
  }

  /** The database, open and at its newest version. Blocks; throws what went wrong with it. */
  DataSource database() throws InterruptedException {
    try {
      return opened.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
