package io.reelbatch.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Asks a server once more whose connection broke: it was restarted, and its pool gives another one
 * as soon as it is back. Only what is read outside of a transaction; what is written is repeated by
 * whoever knows whether it may be. No row has been handed out by then: the driver first takes in
 * all that was found.
 */
final class PatientReads extends JdbcTemplate {

  private static final Logger log = LoggerFactory.getLogger(PatientReads.class);
  private static final int TRIES = 4;
  private static final int ROWS_AT_ONCE = 1000;

  // So long the pool hands out a connection that was just in use without trying it.
  private static final Duration UNPROVEN = Duration.ofMillis(600);

  PatientReads(DataSource dataSource) {
    super(dataSource);
    setFetchSize(ROWS_AT_ONCE); // within a transaction: else a million rows would lie in memory
  }

  @Override
  public <T extends @Nullable Object> T query(String sql, ResultSetExtractor<T> rows) {
    return read(() -> super.query(sql, rows));
  }

  @Override
  public <T extends @Nullable Object> T query(
      PreparedStatementCreator statement,
      @Nullable PreparedStatementSetter values,
      ResultSetExtractor<T> rows) {
    return read(() -> super.query(statement, values, rows));
  }

  private static <T extends @Nullable Object> T read(Supplier<T> query) {
    for (int i = 1; i < TRIES; i++) {
      try {
        return query.get();
      } catch (DataAccessException e) {
        if (TransactionSynchronizationManager.isActualTransactionActive() || !isBroken(e)) {
          throw e;
        }
        log.info("the connection to the ledger broke, asking once more: {}", e.getMessage());
        LockSupport.parkNanos(UNPROVEN.toNanos());
      }
    }
    return query.get();
  }

  /** Connection exceptions, and a server that shuts down, has crashed or cannot be asked yet. */
  private static boolean isBroken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isBroken(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBroken(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.matches("57P0[1-4]"));
  }
}
