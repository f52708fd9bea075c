package io.reelbatch.job;

import io.reelbatch.gateway.PerAccount;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Doubt;
import io.reelbatch.ledger.Doubts;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.ListedTask;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Where a person settles what the program must not decide: rows in doubt. Nothing here sends a paid
 * request; the next run acts on what was decided.
 */
public final class DoubtDesk {

  private static final int SHOWN_PROMPT = 60;

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

  /** What must be true of the prompt of a task that is adopted, where the gateway shows it. */
  public enum Prompt {
    /** It is the row's. */
    AS_ASKED,
    /** Anything: some gateways rewrite prompts. */
    MAY_DIFFER
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
          Map<AccountName, TaskListing> listings = listings(all, record, gateway, context);
          Set<TaskId> known =
              doubts.known(
                  listings.values().stream()
                      .flatMap(listing -> DoubtList.tasks(listing).stream())
                      .map(ListedTask::task)
                      .toList());
          return DoubtList.of(
              all, listings, task -> !known.contains(task.task()), gateway.answerTimeout());
        });
  }

  /** Each account that sent some of them is asked back to its oldest. */
  private Map<AccountName, TaskListing> listings(
      List<Doubt> doubts,
      BatchRecord record,
      GatewayProperties gateway,
      ApplicationContext context) {
    Map<AccountName, TaskListing> listings = new LinkedHashMap<>();
    for (Doubt doubt : doubts) {
      listings.computeIfAbsent(
          doubt.account(), account -> listing(doubt, record, gateway, context));
    }
    return listings;
  }

  private TaskListing listing(
      Doubt oldest, BatchRecord record, GatewayProperties gateway, ApplicationContext context) {
    try {
      refuseAnotherGateway(gateway, record);
      return gateway(oldest.account(), context).list(oldest.sentAt().minus(Candidate.SLACK));
    } catch (RuntimeException e) { // above all: no key
      return new TaskListing.Unread(
          Reason.of("not_asked", Explanation.of(e, use.home()).message()));
    }
  }

  /**
   * Takes the gateway's task for the row, after asking the gateway whether it knows it.
   *
   * @throws DeskException if the gateway does not know the task or cannot be asked, shows another
   *     prompt, or the row is not in doubt; nothing was changed
   */
  public void adopt(RowKey row, TaskId task, Prompt prompt) {
    alone(
        (doubts, record, context) -> {
          refuseAnotherGateway(context.getBean(GatewayProperties.class), record);
          VideoGateway gateway = gateway(account(doubts, row, record), context);
          TaskAnswer answer = gateway.query(task, endpoint(doubts, row));
          refuseUnknown(answer, task);
          if (prompt == Prompt.AS_ASKED) {
            find(doubts, row).ifPresent(doubt -> refuseAnotherPrompt(doubt, task, answer, gateway));
          }
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

  private static VideoGateway gateway(AccountName account, ApplicationContext context) {
    return context
        .<PerAccount<VideoGateway>>getBeanProvider(
            ResolvableType.forClassWithGenerics(PerAccount.class, VideoGateway.class))
        .getObject()
        .apply(account);
  }

  private static AccountName account(Doubts doubts, RowKey row, BatchRecord record) {
    return find(doubts, row).map(Doubt::account).orElse(record.account());
  }

  // A row that is not in doubt is refused by the ledger, with better words.
  private static Endpoint endpoint(Doubts doubts, RowKey row) {
    return find(doubts, row).map(Doubt::endpoint).orElse(Endpoint.UNIFIED);
  }

  private static Optional<Doubt> find(Doubts doubts, RowKey row) {
    return doubts.list().stream().filter(doubt -> doubt.row().equals(row)).findFirst();
  }

  private void refuseAnotherGateway(GatewayProperties gateway, BatchRecord record) {
    String origin = use.originOr(gateway.baseUrl());
    if (record.isSimulated() && !record.origin().equals(origin)) {
      throw new UsageException(
          Message.of(
              "batch {0} belongs to {1}; give the command again with --simulate. Nothing was changed",
              batch, record.origin()));
    }
    if (!record.origin().equals(origin)) {
      throw new UsageException(
          Message.of(
              "batch {0} belongs to {1}, not to {2}; its tasks are known only there. Set"
                  + " reelbatch.gateway.base-url (REELBATCH_GATEWAY_BASE_URL={1}) and give the command"
                  + " again. Nothing was changed",
              batch, record.origin(), origin));
    }
  }

  private static void refuseUnknown(TaskAnswer answer, TaskId task) {
    if (answer instanceof TaskAnswer.Unknown
        || answer instanceof TaskAnswer.Trouble
        || answer instanceof TaskAnswer.Denied) {
      throw new UsageException(
          Message.of(
              "the gateway does not confirm task {0} ({1}); nothing was changed",
              task,
              answer.evidence().httpStatus() == null
                  ? Message.of("no answer")
                  : "HTTP " + answer.evidence().httpStatus()));
    }
  }

  private static void refuseAnotherPrompt(
      Doubt doubt, TaskId task, TaskAnswer answer, VideoGateway gateway) {
    Optional.ofNullable(VideoGateway.prompt(answer))
        .or(() -> listedPrompt(doubt, task, gateway))
        .filter(shown -> Candidate.isOfAnother(doubt.prompt(), shown))
        .ifPresent(
            shown -> {
              throw new UsageException(
                  Message.of(
                      "task {0} was made for another prompt (\"{1}\") than row {2} asks for, so"
                          + " it is most likely another row's, and this one would count as paid for;"
                          + " nothing was changed. Where the gateway rewrites prompts, and you are"
                          + " sure, --other-prompt takes it",
                      task,
                      shown.substring(0, Math.min(shown.length(), SHOWN_PROMPT)),
                      doubt.row()));
            });
  }

  private static Optional<String> listedPrompt(Doubt doubt, TaskId task, VideoGateway gateway) {
    return DoubtList.tasks(gateway.list(doubt.sentAt().minus(Candidate.SLACK))).stream()
        .filter(listed -> listed.task().equals(task))
        .findFirst()
        .map(ListedTask::prompt);
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
