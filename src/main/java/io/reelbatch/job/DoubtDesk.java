package io.reelbatch.job;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.ledger.Doubts;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;

/**
 * Where a person settles what the program must not decide: rows in doubt. Nothing here sends a paid
 * request; the next run acts on what was decided.
 */
public final class DoubtDesk {

  private final HomeUse use;
  private final BatchName batch;
  private final String operator;

  /**
   * Opens nothing yet.
   *
   * @param operator who decides; kept with each decision
   */
  public DoubtDesk(HomeUse use, BatchName batch, String operator) {
    this.use = use;
    this.batch = batch;
    this.operator = operator;
  }

  /** A decision on rows in doubt. */
  public enum Decision {
    /** Send them again with the next run; the first request may have been charged as well. */
    RESUBMIT,
    /** Give them up. */
    WRITE_OFF
  }

  /**
   * All rows in doubt.
   *
   * @throws DeskException if the home or the batch cannot be had
   */
  public List<Doubt> list() {
    return atDesk((doubts, record, context) -> doubts.list());
  }

  /**
   * Takes the gateway's task for the row, after asking the gateway whether it knows it.
   *
   * @throws DeskException if the gateway does not know the task or cannot be asked, or the row is
   *     not in doubt; nothing was changed
   */
  public void adopt(RowKey row, TaskId task) {
    atDesk(
        (doubts, record, context) -> {
          refuseAnotherGateway(context.getBean(GatewayProperties.class), record);
          refuseUnknown(context.getBean(VideoGateway.class).query(task), task);
          doubts.adopt(row, task, operator);
          context.getBean(Batches.class).nextRound(record);
          return row;
        });
  }

  /**
   * Decides on these rows, all or none; on all rows in doubt when none is named.
   *
   * @return the rows that were decided on
   * @throws DeskException if one of them is not in doubt; nothing was changed
   */
  public List<RowKey> decide(Decision decision, List<RowKey> rows) {
    return atDesk(
        (doubts, record, context) -> {
          List<RowKey> all = doubts.list().stream().map(Doubt::row).toList();
          List<RowKey> chosen = rows.isEmpty() ? all : rows;
          if (decision == Decision.RESUBMIT) {
            doubts.resubmit(chosen, operator);
          } else {
            doubts.writeOff(chosen, operator);
          }
          // Even if no row can go now: the next run reports what was decided.
          context.getBean(Batches.class).nextRound(record);
          return chosen;
        });
  }

  private void refuseAnotherGateway(GatewayProperties gateway, BatchRecord record) {
    String origin = use.originOr(gateway.baseUrl());
    if (!record.origin().equals(origin) || !record.account().equals(gateway.account())) {
      throw new UsageException(
          "batch "
              + batch
              + " belongs to "
              + record.origin()
              + " (account "
              + record.account()
              + "), not to "
              + origin
              + "; its tasks are known only there. Nothing was changed");
    }
  }

  private static void refuseUnknown(TaskAnswer answer, TaskId task) {
    if (answer instanceof TaskAnswer.Unknown
        || answer instanceof TaskAnswer.Trouble
        || answer instanceof TaskAnswer.Denied) {
      throw new UsageException(
          "the gateway does not confirm task "
              + task
              + " ("
              + (answer.evidence().httpStatus() == null
                  ? "no answer"
                  : "HTTP " + answer.evidence().httpStatus())
              + "); nothing was changed");
    }
  }

  private interface Work<T> {
    T with(Doubts doubts, BatchRecord record, ApplicationContext context);
  }

  private <T> T atDesk(Work<T> work) {
    try {
      return Session.in(use, LedgerConfiguration.class, context -> {}, opened(work));
    } catch (RuntimeException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, use.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }

  private <T> Function<org.springframework.context.ConfigurableApplicationContext, T> opened(
      Work<T> work) {
    return context -> {
      LedgerDatabase database = context.getBean(LedgerDatabase.class);
      BatchRecord record =
          context
              .getBean(Batches.class)
              .find(batch)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "there is no batch " + batch + " in " + use.home().path()));
      return work.with(
          new Doubts(database, context.getBean(InstantSource.class), record), record, context);
    };
  }
}
