package io.reelbatch.job;

import io.reelbatch.ledger.LedgerException;
import io.reelbatch.ledger.NewerLedgerException;
import io.reelbatch.ledger.WrongRowException;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What went wrong before or beside the job, for people: how the process ends, and why. */
record Explanation(Ending ending, Message message) {

  private static final Logger log = LoggerFactory.getLogger(Explanation.class);
  private static final int ALREADY_OPEN = 90020;

  /** H2: the file is corrupted, or of no version that is known. */
  private static final Set<Integer> DAMAGED = Set.of(90030, 90048);

  static Explanation of(Throwable e, Home home) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InUseException) {
        return new Explanation(Ending.LOCKED, Message.of(cause));
      } else if (cause instanceof UsageException
          || cause instanceof WrongRowException
          || cause instanceof NewerLedgerException) {
        return new Explanation(Ending.USAGE, Message.of(cause));
      } else if (cause instanceof BindException bind) {
        return new Explanation(Ending.USAGE, WrongValue.of(bind));
      } else if (cause instanceof MarkedYAMLException yaml) {
        return new Explanation(Ending.USAGE, WrongValue.of(yaml));
      } else if (cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN) {
        return new Explanation(
            Ending.LOCKED,
            Message.of(
                "another program has the ledger in {0} open. Nothing was done, nothing was sent; close"
                    + " it and run the same command again",
                home.path()));
      } else if (cause instanceof SQLException sql && DAMAGED.contains(sql.getErrorCode())) {
        log.error("the ledger cannot be read", e);
        return new Explanation(Ending.ERROR, damaged(home));
      } else if (cause instanceof UncheckedIOException
          || cause instanceof LedgerUnreachableException) {
        return new Explanation(Ending.ERROR, Message.of(cause));
      } else if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new Explanation(
            Ending.UNFINISHED, Message.of("interrupted while waiting for the home"));
      }
    }
    return unexpected(e, home);
  }

  private static Explanation unexpected(Throwable e, Home home) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LedgerException) {
        log.error("the ledger failed", e);
        return new Explanation(Ending.ERROR, unwritten(Message.of(cause), home));
      } else if (cause instanceof SQLException) {
        log.error("the ledger failed", e);
        return new Explanation(
            Ending.ERROR,
            unwritten(
                Message.of(
                    "the ledger could not be read or written: {0}",
                    DiskTrouble.atBottom(NestedExceptionUtils.getMostSpecificCause(e))),
                home));
      }
    }
    log.error("unexpected error", e);
    return new Explanation(
        Ending.ERROR,
        Message.of(
            "unexpected error: {0}. What was sent stands in the ledger and is not sent again; details"
                + " are in {1}. Run the same command again",
            NestedExceptionUtils.getMostSpecificCause(e), home.log()));
  }

  /** Sending stopped because the ledger failed. */
  static Explanation of(Reason ledgerFailed, Throwable e, Home home) {
    log.error("the ledger failed", e);
    return new Explanation(Ending.ERROR, unwritten(Message.ofText(ledgerFailed.message()), home));
  }

  /** The ledger's file takes no more, and the run cannot even end. */
  static Explanation ofBrokenFile(Home home) {
    Message broken = Message.of("the ledger's file broke and takes no more writes");
    return new Explanation(Ending.ERROR, unwritten(broken, home));
  }

  private static Message damaged(Home home) {
    return Message.of(
        "the ledger {0} is damaged. Nothing was sent. What was paid for stands only there: do not"
            + " delete it, and restore it from a backup. Without one, move the whole folder away and"
            + " keep it; to begin anew is to pay again for every row that was sent",
        home.path().resolve("ledger.mv.db"));
  }

  private static Message unwritten(Message what, Home home) {
    return Message.of(
        "{0}. Nothing more is sent. A request that was under way is in doubt at worst, and is never"
            + " sent again by itself; ids of paid tasks stand in the ledger or in {1}. See that"
            + " {2}, then run the same command again; details are in {3}",
        what,
        home.rescue(),
        home.server()
            .map(server -> Message.of("the server {0} is up", server.place()))
            .orElseGet(
                () -> Message.of("the disk has room and that {0} can be written", home.path())),
        home.log());
  }
}
