package io.reelbatch.submit;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Attempt;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.PlannedRow;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Reason;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.pacing.RunControl;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Commits the intents of a window, then lets its requests go without waiting for their answers; the
 * reader bounds how many are under way. Each attempt is sent exactly once.
 */
public final class SubmitWriter implements ItemWriter<SubmitWindow> {

  private static final Logger log = LoggerFactory.getLogger(SubmitWriter.class);

  private final Ledger ledger;
  private final VideoGateway gateway;
  private final SubmitPace pace;
  private final RunControl control;

  /** Sends through the gateway, within the pace. */
  public SubmitWriter(Ledger ledger, VideoGateway gateway, SubmitPace pace, RunControl control) {
    this.ledger = ledger;
    this.gateway = gateway;
    this.pace = pace;
    this.control = control;
  }

  @Override
  public void write(Chunk<? extends SubmitWindow> chunk) {
    try {
      for (SubmitWindow window : chunk) {
        List<Attempt> granted = ledger.intend(window.rows());
        for (Attempt attempt : granted) {
          pace.inFlight().start(() -> send(attempt));
        }
        keepBack(window.rows().subList(granted.size(), window.rows().size()));
      }
    } catch (RuntimeException e) {
      // Not thrown from here: the step would end while requests are under way, and their answers
      // would be lost. The reader throws it when all are in.
      pace.inFlight().fail(e);
    }
  }

  private void keepBack(List<PlannedRow> rows) {
    rows.forEach(row -> pace.brakes().kept(Kind.of(row.order())));
    if (!rows.isEmpty()) {
      ledger.capReached().ifPresent(reached -> control.halt(reached.cause(), reached.reason()));
    }
  }

  private void send(Attempt attempt) {
    SendOutcome outcome = gateway.send(attempt.order(), attempt.source());
    brake(attempt, outcome);
    try {
      ledger.record(attempt, outcome);
    } catch (RuntimeException e) {
      control.halt(HaltCause.LEDGER, Reason.of("ledger", String.valueOf(e.getMessage())));
      throw e;
    }
    if (hasMovedOn(outcome)) {
      pace.throttle().wentThrough();
      control.progressed();
    }
  }

  // Before the outcome is recorded: the moment it is, the row is planned again and the reader would
  // send it into the very pause, or to the gateway that has just refused the key.
  private void brake(Attempt attempt, SendOutcome outcome) {
    pace.brakes().answered(Kind.of(attempt.order()), outcome);
    if (outcome instanceof SendOutcome.NotSent notSent) {
      log.warn("row {} was not sent, nothing was charged: {}", attempt.key(), notSent.reason());
      pace.throttle().hold(null);
    } else if (outcome instanceof SendOutcome.Deferred deferred) {
      log.info("row {} waits, nothing was charged: {}", attempt.key(), deferred.reason());
      if (deferred.reach() == SendOutcome.Reach.EVERYBODY) {
        pace.throttle().hold(deferred.pause());
      }
    } else if (outcome instanceof SendOutcome.Halt halt) {
      log.warn("row {} was not taken, sending stops: {}", attempt.key(), halt.reason());
      control.halt(halt.cause(), halt.reason());
    }
  }

  /** Accepted, refused or in doubt: that is progress even if unwelcome. */
  private static boolean hasMovedOn(SendOutcome outcome) {
    return !(outcome instanceof SendOutcome.NotSent
        || outcome instanceof SendOutcome.Deferred
        || outcome instanceof SendOutcome.Halt);
  }
}
