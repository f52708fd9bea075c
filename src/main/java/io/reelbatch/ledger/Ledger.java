package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Caps;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Kind;
import io.reelbatch.model.KindHistory;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.Terms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of one batch on their way: which may be sent, which are paid for, what was heard of
 * them.
 *
 * <p>Thread-safe. A call that writes returns once its change is committed and, where money hangs on
 * it, synced to the disk; until then nothing may be done that relies on it.
 */
public final class Ledger implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int ONE = 1;

  private final JdbcTemplate jdbc;
  private final InstantSource clock;
  private final BatchRecord batch;
  private final RowsToSend rowsToSend;
  private final OpenTaskReader openTasks;
  private final RescueFile rescue;
  private volatile Counts counts;
  private volatile Caps.@Nullable Reached capReached;
  private volatile Map<Kind, Counts> standings;
  private final Map<Kind, KindHistory> histories;
  private volatile long commits;
  private volatile long intents;
  private AcceptedBy acceptedBy = new AcceptedBy(Set.of(), -1, 0);
  private final LastFailures failures = new LastFailures();
  private final Journal journal;

  /**
   * Opens the rows of a batch.
   *
   * @param round the number that new attempts carry
   * @param terms what requests cost and how much may be spent
   * @param changed called, on the writer's thread, after each commit: readers look again
   */
  public Ledger(
      LedgerDatabase database,
      InstantSource clock,
      BatchRecord batch,
      int round,
      Terms terms,
      RescueFile rescue,
      Runnable changed) {
    this(database, clock, batch, round, terms, rescue, changed, PAUSE);
  }

  /** The same; the listener hears how long its commits take. */
  public Ledger(
      LedgerDatabase database,
      InstantSource clock,
      BatchRecord batch,
      int round,
      Terms terms,
      RescueFile rescue,
      Runnable changed,
      CommitListener listener) {
    this(
        database,
        clock,
        batch,
        round,
        terms,
        rescue,
        changed,
        PAUSE,
        group -> new HeardGroup(group, listener));
  }

  /** Waits so long before it tries again what the database did not take. */
  Ledger(
      LedgerDatabase database,
      InstantSource clock,
      BatchRecord batch,
      int round,
      Terms terms,
      RescueFile rescue,
      Runnable changed,
      Duration pause) {
    this(database, clock, batch, round, terms, rescue, changed, pause, group -> group);
  }

  private Ledger(
      LedgerDatabase database,
      InstantSource clock,
      BatchRecord batch,
      int round,
      Terms terms,
      RescueFile rescue,
      Runnable changed,
      Duration pause,
      UnaryOperator<Journal.Group> around) {
    this.jdbc = database.jdbc();
    this.clock = clock;
    this.batch = batch;
    this.rowsToSend = new RowsToSend(jdbc, batch);
    this.openTasks = new OpenTaskReader(jdbc, batch);
    this.rescue = rescue;
    this.standings = Batches.countByKind(jdbc, batch);
    this.counts = Counts.sum(standings.values());
    this.histories = new KindHistories(jdbc, batch).read(standings);
    database
        .transaction()
        .executeWithoutResult(status -> new Charges(database, batch, terms).priceOlderAttempts());
    this.journal =
        new Journal(
            around.apply(
                new GroupWriter(
                    database,
                    batch,
                    round,
                    terms,
                    new GroupWriter.Listener() {
                      @Override
                      public void changed(Map<RowState, Long> change, long intents) {
                        add(change, intents);
                        changed.run();
                      }

                      @Override
                      public void changedSomehow() {
                        recount();
                        changed.run();
                      }
                    })),
            pause);
  }

  /** How many rows stand where, as of the last commit. */
  public Counts counts() {
    return counts;
  }

  /** Counts again, after rows were changed by a load. */
  public synchronized void recount() {
    commits++;
    standings = Batches.countByKind(jdbc, batch);
    counts = Counts.sum(standings.values());
  }

  private synchronized void add(Map<RowState, Long> change, long more) {
    counts = counts.plus(change);
    intents += more;
    commits++;
  }

  /**
   * Paid requests that were about to leave since it was opened: at least so many are in the ledger.
   */
  public long intents() {
    return intents;
  }

  /** How often something was committed since it was opened. */
  public long commits() {
    return commits;
  }

  /** The kinds that the batch's rows are of, as of the last load. */
  public Set<Kind> kinds() {
    return standings.keySet();
  }

  /** What earlier runs saw of each kind, before this one began. */
  public Map<Kind, KindHistory> histories() {
    return histories;
  }

  /**
   * The first rows that may be sent now: those with the longest chain behind them, among these
   * those whose source's link ends first, then in the order of the input.
   *
   * @param rooms how many at most of each kind; none of a kind that is not there
   * @param limit how many at most of all
   */
  public List<PlannedRow> planned(Map<Kind, Long> rooms, int limit) {
    return planned(rooms, limit, Set.of());
  }

  /** The same, without those that would have to go with one of these accounts. */
  public List<PlannedRow> planned(Map<Kind, Long> rooms, int limit, Set<AccountName> without) {
    return rowsToSend.first(rooms, limit, without);
  }

  /** The same, of whatever kind. */
  public List<PlannedRow> planned(int limit) {
    return planned(
        kinds().stream().collect(Collectors.toMap(kind -> kind, kind -> (long) limit)), limit);
  }

  /** How many tasks whose end is not known were made with the keys of these accounts. */
  public synchronized long accepted(Set<AccountName> accounts) {
    if (accounts.isEmpty()) {
      return 0;
    }
    if (!accounts.equals(acceptedBy.accounts()) || acceptedBy.commits() != commits) {
      acceptedBy = new AcceptedBy(accounts, commits, openTasks.count(accounts));
    }
    return acceptedBy.tasks();
  }

  private record AcceptedBy(Set<AccountName> accounts, long commits, long tasks) {}

  /** The last few rows that did not go well since it was opened, the newest first. */
  public List<Failure> failures() {
    return failures.list();
  }

  /**
   * Commits and syncs the intent to send these rows, and reserves their money. Only then may their
   * requests leave. Blocks.
   *
   * @return what may be sent: the first of the rows, all unless a cap is reached, see {@link
   *     #capReached}
   * @throws LedgerException if that failed: nothing may be sent
   */
  public List<Attempt> intend(List<PlannedRow> rows) {
    Grant grant = new Grant();
    await(new JournalEntry.Intents(List.copyOf(rows), clock.instant(), grant));
    grant.reached().ifPresent(reached -> capReached = reached);
    return grant.rows().stream()
        .map(
            row ->
                new Attempt(
                    row.id(),
                    row.key(),
                    row.version() + 1,
                    row.attempts() + 1,
                    row.order(),
                    row.source(),
                    row.account()))
        .toList();
  }

  /** The cap that kept rows from being sent; empty if none did so far. */
  public Optional<Caps.Reached> capReached() {
    return Optional.ofNullable(capReached);
  }

  /**
   * Commits and syncs how a paid request ended. The id of a task is written whatever state its row
   * is in. Blocks, whether the caller is interrupted or not.
   *
   * @throws LedgerException if it could not be committed; an id then stands in the rescue file and
   *     on standard error, and nothing more may be sent
   */
  public void record(Attempt attempt, SendOutcome outcome) {
    JournalEntry.Answer answer = new JournalEntry.Answer(attempt, outcome, clock.instant());
    try {
      await(answer);
      Answered answered = Answered.of(outcome);
      failures.note(attempt.key(), answered.event(), answered.reason());
    } catch (LedgerException e) {
      if (outcome instanceof SendOutcome.Accepted accepted) {
        String place = rescue.keep(attempt, accepted.task(), answer.at());
        throw new LedgerException(
            Message.of(
                "task {0} of row {1} is paid for and could not be written to the ledger ({2}); {3}."
                    + " Nothing more may be sent",
                accepted.task(), attempt.key(), Message.of(e), place),
            e);
      }
      throw e;
    }
  }

  /**
   * Commits what was heard of a task. Blocks.
   *
   * @param event what that means for the row; null when only the facts changed
   */
  public void record(OpenTask task, TaskFacts facts, @Nullable RowEvent event) {
    await(new JournalEntry.Heard(task, facts, event, ONE, clock.instant()));
    failures.note(task.key(), event, facts.error());
  }

  /**
   * Commits that the gateway gave the task up for reasons of its own, and in the same transaction
   * plans its row once more if fewer paid requests than that were made for it in the round of that
   * task; rows that start from it then go on waiting. Else the row has failed. Blocks.
   *
   * @param attempts paid requests for one row in one round, at most; each may be charged
   */
  public void recordFailure(OpenTask task, TaskFacts facts, int attempts) {
    await(new JournalEntry.Heard(task, facts, RowEvent.FAILED, attempts, clock.instant()));
    failures.note(task.key(), RowEvent.FAILED, facts.error());
  }

  private void await(JournalEntry entry) {
    try {
      journal.add(entry).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof LedgerException ours
          ? ours
          : new LedgerException(
              Message.of(
                  "the ledger could not be written: {0}",
                  DiskTrouble.atBottom(NestedExceptionUtils.getMostSpecificCause(e))),
              e);
    }
  }

  /**
   * The number before that of the oldest task whose end is not known: {@link #openTasks} need not
   * look at those before. A batch of a million has as many that have ended.
   */
  public long beforeOpenTasks() {
    return openTasks.before();
  }

  /**
   * Paid tasks whose end is not known, among the next tasks in the order in which they were
   * accepted.
   *
   * @param limit how many tasks are looked at, ended ones included
   */
  public OpenTasks openTasks(long afterId, int limit) {
    return openTasks.after(afterId, limit);
  }

  /**
   * Lets those go who wait for a write, now and from now on: the database never answers again. Ids
   * of paid tasks then go to the rescue file.
   */
  public void giveUp() {
    journal.giveUp(
        new LedgerException(Message.of("the ledger's file broke and takes no more writes")));
  }

  /** Writes what was added so far, then ends the writer's thread. */
  @Override
  public void close() {
    journal.close();
  }
}
