package io.reelbatch.job;

import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.ledger.Doubts;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.ListedTask;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
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
   * All rows in doubt, with the tasks that each may have made as far as the gateway lists its
   * tasks. Whatever comes of asking it, the rows are there. Blocks for the requests; nothing is
   * changed.
   *
   * @throws DeskException if the home or the batch cannot be had
   */
  public DoubtList lookUp() {
    return atDesk(
        (doubts, record, context) -> {
          List<Doubt> all = doubts.list();
          GatewayProperties gateway = context.getBean(GatewayProperties.class);
          TaskListing listing = listing(all, record, gateway, context);
          Set<TaskId> known =
              listing instanceof TaskListing.Listed listed
                  ? doubts.known(listed.tasks().stream().map(ListedTask::task).toList())
                  : Set.of();
          return DoubtList.of(
              all, listing, task -> !known.contains(task.task()), gateway.answerTimeout());
        });
  }

  private TaskListing listing(
      List<Doubt> doubts,
      BatchRecord record,
      GatewayProperties gateway,
      ApplicationContext context) {
    if (doubts.isEmpty()) {
      return new TaskListing.Unread(Reason.of("not_asked", "no row is in doubt"));
    }
    try {
      refuseAnotherGateway(gateway, record);
      return context
          .getBean(VideoGateway.class)
          .list(doubts.get(0).sentAt().minus(Candidate.SLACK));
    } catch (RuntimeException e) { // above all: no key
      return new TaskListing.Unread(
          Reason.of("not_asked", Explanation.of(e, use.home()).message()));
    }
  }

  /**
   * Takes the gateway's task for the row, after asking the gateway whether it knows it.
   *
   * @throws DeskException if the gateway does not know the task or cannot be asked, or the row is
   *     not in doubt; nothing was changed
   */
  public void adopt(RowKey row, TaskId task) {
    alone(
        (doubts, record, context) -> {
          refuseAnotherGateway(context.getBean(GatewayProperties.class), record);
          refuseUnknown(
              context.getBean(VideoGateway.class).query(task, endpoint(doubts, row)), task);
          doubts.adopt(row, task, operator);
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
    return alone(
        (doubts, record, context) -> {
          List<RowKey> all = doubts.list().stream().map(Doubt::row).toList();
          List<RowKey> chosen = rows.isEmpty() ? all : rows.stream().distinct().toList();
          if (decision == Decision.RESUBMIT) {
            doubts.resubmit(chosen, operator);
          } else {
            doubts.writeOff(chosen, operator);
          }
          return chosen;
        });
  }

  // A row that is not in doubt is refused by the ledger, with better words.
  private static Endpoint endpoint(Doubts doubts, RowKey row) {
    return doubts.list().stream()
        .filter(doubt -> doubt.row().equals(row))
        .map(Doubt::endpoint)
        .findFirst()
        .orElse(Endpoint.UNIFIED);
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
    return Desk.at(use, batch, with(work));
  }

  private <T> T alone(Work<T> work) {
    return Desk.alone(use, batch, with(work));
  }

  private static <T> BiFunction<BatchRecord, ApplicationContext, T> with(Work<T> work) {
    return (record, context) ->
        work.with(
            new Doubts(
                context.getBean(LedgerDatabase.class),
                context.getBean(InstantSource.class),
                record),
            record,
            context);
  }
}
