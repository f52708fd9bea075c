package io.reelbatch.job;

import io.reelbatch.ledger.LedgerException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;

/** What went wrong before or beside the job, for people: how the process ends, and why. */
record Explanation(Ending ending, String message) {

  private static final Logger log = LoggerFactory.getLogger(Explanation.class);
  private static final int ALREADY_OPEN = 90020;

  static Explanation of(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HomeInUseException) {
        return new Explanation(Ending.LOCKED, String.valueOf(cause.getMessage()));
      } else if (cause instanceof UsageException) {
        return new Explanation(Ending.USAGE, String.valueOf(cause.getMessage()));
      } else if (cause instanceof BindException bind) {
        return new Explanation(Ending.USAGE, wrongValue(bind));
      } else if (cause instanceof LedgerException) {
        return new Explanation(Ending.ERROR, String.valueOf(cause.getMessage()));
      } else if (cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN) {
        return new Explanation(
            Ending.LOCKED, "another program has the ledger open; nothing was done");
      } else if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new Explanation(Ending.UNFINISHED, "interrupted while waiting for the home");
      }
    }
    log.error("unexpected error", e);
    return new Explanation(Ending.ERROR, String.valueOf(e.getMessage()));
  }

  private static String wrongValue(BindException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String value = e.getProperty() == null ? "" : " = '" + e.getProperty().getValue() + "'";
    String name =
        e.getProperty() == null ? e.getName().toString() : e.getProperty().getName().toString();
    return "setting "
        + name
        + value
        + " cannot be used: "
        + root.getMessage()
        + ". Nothing was sent";
  }
}
