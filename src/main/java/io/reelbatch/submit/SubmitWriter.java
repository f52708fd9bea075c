package io.reelbatch.submit;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Attempt;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Message;
import io.reelbatch.model.RateAdvice;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.RunControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Commits the intents of a window, then lets its requests go, each at its moment, without waiting
 * for their answers; the reader bounds how many are under way. Each attempt is sent exactly once.
 */
public final class SubmitWriter implements ItemWriter<SubmitWindow> {

  private static final Logger log = LoggerFactory.getLogger(SubmitWriter.class);
  private static final int REFUSALS_THAT_TELL_OF_A_RATE = 3;
  private static final Reason KEPT_BACK =
      Reason.of("kept_back", "the gateway asked for patience before the request could leave");

  private final Ledger ledger;
  private final Function<AccountName, VideoGateway> gateways;
  private final SubmitPace pace;
  private final RunControl control;
  private final MonotonicClock clock;
  private final AtomicBoolean toldOfSlots = new AtomicBoolean();

  /** Sends through the gateway, within the pace. */
  public SubmitWriter(
      Ledger ledger,
      Function<AccountName, VideoGateway> gateways,
      SubmitPace pace,
      RunControl control,
      MonotonicClock clock) {
    this.ledger = ledger;
    this.gateways = gateways;
    this.pace = pace;
    this.control = control;
    this.clock = clock;
  }

  @Override
  public void write(Chunk<? extends SubmitWindow> chunk) {
    for (SubmitWindow window : chunk) {
      write(window.departures());
    }
  }

  // The commit is awaited by a request's thread: the reader hands out the next rows meanwhile, so
  // that a slow disk delays requests and does not thin them out.
  private void write(List<Departure> departures) {
    pace.inFlight()
        .start(
            () -> {
              List<Attempt> granted = intend(departures);
              if (!granted.isEmpty()) {
                send(granted.get(0), departures.get(0));
              }
            });
  }

  /** Commits the intents and lets all requests but the first go. */
  private List<Attempt> intend(List<Departure> departures) {
    long before = clock.nanos();
    try {
      List<Attempt> granted = ledger.intend(departures.stream().map(Departure::row).toList());
      pace.rates().intentTook(Duration.ofNanos(clock.nanos() - before));
      for (int i = 1; i < granted.size(); i++) {
        Attempt attempt = granted.get(i);
        Departure departure = departures.get(i);
        pace.inFlight().start(() -> send(attempt, departure));
      }
      keepBack(departures.subList(granted.size(), departures.size()));
      return granted;
    } catch (RuntimeException e) {
      // Before the rows are let go: the reader would hand them out again.
      pace.inFlight().fail(e);
      throw e;
    } finally {
      departures.forEach(departure -> departure.intended().run());
    }
  }

  private void keepBack(List<Departure> departures) {
    for (Departure departure : departures) {
      pace.brakes().kept(departure.kind());
      pace.active().over(departure.turn());
      pace.rates().giveBack(departure.kind());
    }
    if (!departures.isEmpty()) {
      ledger.capReached().ifPresent(reached -> control.halt(reached.cause(), reached.reason()));
    }
  }

  private void send(Attempt attempt, Departure departure) {
    SendOutcome outcome =
        mayLeave(departure)
            ? gateways.apply(attempt.account()).send(attempt.order(), attempt.source())
            : new SendOutcome.NotSent(KEPT_BACK);
    brake(attempt, departure, outcome);
    try {
      ledger.record(attempt, outcome);
      event(Level.DEBUG, attempt, outcome)
          .log("row {} was sent: {}", attempt.key(), outcome.getClass().getSimpleName());
    } catch (RuntimeException e) {
      control.halt(HaltCause.LEDGER, Reason.of("ledger", Message.of(e)));
      throw e;
    }
    if (hasMovedOn(outcome)) {
      pace.rates().all().wentThrough();
      control.progressed();
    }
  }

  /** A line of the log with what a program looks for in it. */
  private static LoggingEventBuilder event(Level level, Attempt attempt, SendOutcome outcome) {
    LoggingEventBuilder event =
        log.atLevel(level)
            .addKeyValue("row", attempt.key())
            .addKeyValue("attempt", attempt.number());
    if (outcome instanceof SendOutcome.Accepted accepted) {
      event = event.addKeyValue("task_id", accepted.task());
    }
    String request = outcome.evidence().requestId();
    return request == null ? event : event.addKeyValue("request_id", request);
  }

  private boolean mayLeave(Departure departure) {
    try {
      return pace.rates().awaitDeparture(departure.kind(), departure.moment());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // Before the outcome is recorded: the moment it is, the row is planned again and the reader would
  // send it into the very pause, or to the gateway that has just refused the key.
  private void brake(Attempt attempt, Departure departure, SendOutcome outcome) {
    pace.brakes().answered(departure.kind(), outcome);
    follow(outcome.evidence().advice());
    if (outcome instanceof SendOutcome.Accepted) {
      pace.active().accepted(departure.turn());
      return;
    }
    if (outcome instanceof SendOutcome.Deferred deferred && deferred.reach().isAboutSlots()) {
      noSlot(attempt, departure, deferred);
      return;
    }
    pace.active().over(departure.turn());
    if (outcome instanceof SendOutcome.NotSent notSent && !notSent.reason().equals(KEPT_BACK)) {
      event(Level.WARN, attempt, outcome)
          .log("row {} was not sent, nothing was charged: {}", attempt.key(), notSent.reason());
      pace.rates().all().hold(null);
    } else if (outcome instanceof SendOutcome.Deferred deferred) {
      event(Level.INFO, attempt, outcome)
          .log("row {} waits, nothing was charged: {}", attempt.key(), deferred.reason());
      if (deferred.reach() == SendOutcome.Reach.EVERYBODY) {
        pace.rates().all().hold(deferred.pause());
      }
    } else if (outcome instanceof SendOutcome.Halt halt) {
      event(Level.WARN, attempt, outcome)
          .log("row {} was not taken, sending stops: {}", attempt.key(), halt.reason());
      control.halt(attempt.account(), halt.cause(), halt.reason());
    }
  }

  private void noSlot(Attempt attempt, Departure departure, SendOutcome.Deferred deferred) {
    long others = ledger.counts().of(RowState.SENDING, RowState.ACCEPTED) - 1;
    int refusals = pace.active().refused(departure.turn(), others);
    // Once: where a limit is felt for, one in three is refused.
    event(toldOfSlots.getAndSet(true) ? Level.DEBUG : Level.INFO, attempt, deferred)
        .log("row {} waits for a slot, nothing was charged: {}", attempt.key(), deferred.reason());
    boolean perhapsTheRate =
        deferred.reach() == SendOutcome.Reach.UNSAID && refusals >= REFUSALS_THAT_TELL_OF_A_RATE;
    if (deferred.pause() != null || perhapsTheRate) {
      pace.rates().all().hold(deferred.pause());
    }
  }

  private void follow(@Nullable RateAdvice advice) {
    if (advice != null && pace.rates().all().follow(advice)) {
      log.info("the gateway tells a lower rate than ours: sending slows down to it");
    }
  }

  /** Accepted, refused or in doubt: that is progress even if unwelcome. */
  private static boolean hasMovedOn(SendOutcome outcome) {
    return !(outcome instanceof SendOutcome.NotSent
        || outcome instanceof SendOutcome.Deferred
        || outcome instanceof SendOutcome.Halt);
  }
}
