package io.reelbatch.poll;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.TaskFacts;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Blame;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Message;
import io.reelbatch.model.RateAdvice;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.RunControl;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Asks after the tasks of a window, without waiting for one before asking after the next. */
public final class PollWriter implements ItemWriter<PollWindow> {

  private static final Logger log = LoggerFactory.getLogger(PollWriter.class);
  private static final int TOO_MANY = 429;

  private final Ledger ledger;
  private final Function<AccountName, VideoGateway> gateways;
  private final Watch watch;
  private final PollPace pace;
  private final PollSettings settings;
  private final PollJudge judge;
  private final RunControl control;
  private final InstantSource clock;
  private final MonotonicClock monotonic;

  /** Asks through the gateway, as the account that made the task, within the pace. */
  public PollWriter(
      Ledger ledger,
      Function<AccountName, VideoGateway> gateways,
      Watch watch,
      PollPace pace,
      PollSettings settings,
      RunControl control,
      InstantSource clock,
      MonotonicClock monotonic) {
    this.ledger = ledger;
    this.gateways = gateways;
    this.watch = watch;
    this.pace = pace;
    this.settings = settings;
    this.judge = new PollJudge(settings);
    this.control = control;
    this.clock = clock;
    this.monotonic = monotonic;
  }

  @Override
  public void write(Chunk<? extends PollWindow> chunk) {
    for (PollWindow window : chunk) {
      for (WatchedTask task : window.tasks()) {
        pace.inFlight().start(() -> ask(task));
      }
    }
  }

  private void ask(WatchedTask task) {
    AccountName account = task.task().account();
    if (!control.mayAsk(account)) {
      watch.forget(task); // its row stays accepted, for a run that has the key
      return;
    }
    long askedAt = monotonic.nanos();
    TaskAnswer answer = gateways.apply(account).query(task.task().task(), task.task().endpoint());
    watch.heard(task, answer, askedAt);
    Verdict verdict = judge.judge(task, answer, clock.instant(), watch.key(account));
    if (verdict.event() != null) {
      pace.brakes().ended(task.task().kind(), verdict.event());
      learn(verdict.task(), verdict.event());
    }
    if (verdict.facts() != null) {
      write(verdict.task(), verdict.facts(), verdict.event(), answer);
    }
    react(task, answer); // before it is due again: it must not be asked after within the pause
    if (verdict.event() == null) {
      watch.again(verdict.task(), answer);
    }
  }

  private void learn(WatchedTask task, RowEvent event) {
    if (event == RowEvent.SUCCEEDED || event == RowEvent.FAILED) {
      watch.ended(task);
    } else {
      watch.forget(task);
    }
  }

  private void write(
      WatchedTask task, TaskFacts facts, @Nullable RowEvent event, TaskAnswer answer) {
    try {
      if (answer instanceof TaskAnswer.Failed failed && failed.blame() == Blame.PROVIDER) {
        ledger.recordFailure(task.task(), facts, settings.attempts());
      } else {
        ledger.record(task.task(), facts, event);
      }
      event(Level.DEBUG, task, answer)
          .log(
              "task {} of row {} was asked after: {}",
              task.task().task(),
              task.task().key(),
              answer.getClass().getSimpleName());
    } catch (RuntimeException e) {
      control.halt(HaltCause.LEDGER, Reason.of("ledger", Message.of(e)));
      throw e;
    }
    control.progressed();
  }

  private void react(WatchedTask task, TaskAnswer answer) {
    follow(answer.evidence().advice());
    if (answer instanceof TaskAnswer.Trouble trouble) {
      event(Level.INFO, task, answer)
          .log("task {} of row {}: {}", task.task().task(), task.task().key(), trouble.reason());
      Integer status = trouble.evidence().httpStatus();
      if (trouble.pause() != null || (status != null && status == TOO_MANY)) {
        pace.throttle().hold(trouble.pause());
      }
      return;
    }
    pace.throttle().wentThrough();
    if (answer instanceof TaskAnswer.Denied denied) {
      control.halt(task.task().account(), HaltCause.KEY, denied.reason());
    } else if (watch.knowsNothing(task.task().account())
        && answer instanceof TaskAnswer.Unknown unknown) {
      control.halt(task.task().account(), HaltCause.ACCOUNT, unknown.reason());
    }
  }

  /** A line of the log with what a program looks for in it. */
  private static LoggingEventBuilder event(Level level, WatchedTask task, TaskAnswer answer) {
    LoggingEventBuilder event =
        log.atLevel(level)
            .addKeyValue("row", task.task().key())
            .addKeyValue("task_id", task.task().task());
    String request = answer.evidence().requestId();
    return request == null ? event : event.addKeyValue("request_id", request);
  }

  private void follow(@Nullable RateAdvice advice) {
    if (advice != null && pace.throttle().follow(advice)) {
      log.info("the gateway tells a lower rate than ours: polling slows down to it");
    }
  }
}
