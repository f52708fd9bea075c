package io.reelbatch.poll;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LostTasks;
import io.reelbatch.ledger.OpenTask;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.Throttle;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Asks once after each task that was lost and is due. Never holds up a run: whatever the answer, it
 * is one question, and a gateway that gives no usable answer is not asked after the others.
 */
public final class LostTasklet implements Tasklet {

  private static final Logger log = LoggerFactory.getLogger(LostTasklet.class);

  private final LostTasks tasks;
  private final Ledger ledger;
  private final Function<AccountName, VideoGateway> gateways;
  private final Throttle throttle;
  private final RunControl control;
  private final Pulse pulse;

  /** Asks through the gateway, as often as the throttle allows. */
  public LostTasklet(
      LostTasks tasks,
      Ledger ledger,
      Function<AccountName, VideoGateway> gateways,
      Throttle throttle,
      RunControl control,
      Pulse pulse) {
    this.tasks = tasks;
    this.ledger = ledger;
    this.gateways = gateways;
    this.throttle = throttle;
    this.control = control;
    this.pulse = pulse;
  }

  @Override
  public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws InterruptedException {
    for (OpenTask task : tasks.due()) {
      if (control.mayAsk(task.account()) && (!mayAsk() || !ask(task))) {
        break;
      }
    }
    return RepeatStatus.FINISHED;
  }

  /** Waits for the throttle; false if the run is to stop instead. */
  private boolean mayAsk() throws InterruptedException {
    while (control.stopped().isEmpty()) {
      long seen = pulse.beats();
      if (throttle.take(1) == 1) {
        return true;
      }
      Duration permit = throttle.untilNext();
      pulse.await(seen, permit);
    }
    return false;
  }

  /** Whether asking after the others makes sense. */
  private boolean ask(OpenTask task) {
    TaskAnswer answer = gateways.apply(task.account()).query(task.task(), task.endpoint());
    Verdict verdict = PollJudge.judgeLost(WatchedTask.of(task), answer);
    if (verdict.facts() != null) {
      ledger.record(task, verdict.facts(), verdict.event());
      log.atInfo()
          .addKeyValue("row", task.key())
          .addKeyValue("task_id", task.task())
          .log("lost task {} of row {} is {}", task.task(), task.key(), verdict.event());
      return true;
    } else if (answer instanceof TaskAnswer.Denied denied) {
      control.halt(task.account(), HaltCause.KEY, denied.reason());
      return control.halted().isEmpty();
    } else if (answer instanceof TaskAnswer.Trouble trouble) {
      log.atInfo()
          .addKeyValue("row", task.key())
          .addKeyValue("task_id", task.task())
          .log("lost task {} of row {}: {}", task.task(), task.key(), trouble.reason());
      return false;
    }
    tasks.stillLost(task);
    return true;
  }
}
