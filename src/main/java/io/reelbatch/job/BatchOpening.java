package io.reelbatch.job;

import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.InputRecord;
import io.reelbatch.ledger.LostTasks;
import io.reelbatch.ledger.Recovery;
import io.reelbatch.ledger.Reorder;
import io.reelbatch.ledger.Reordered;
import io.reelbatch.ledger.Rounds;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Opens a batch for a run: refuses another gateway, settles what a dead run left behind, and
 * decides whether the last round goes on or a new one begins. Only while the lock of the home is
 * held.
 */
final class BatchOpening {

  private static final Logger log = LoggerFactory.getLogger(BatchOpening.class);

  static final String JOB = "reelbatch";
  static final String BATCH = "batch";

  private final Batches batches;
  private final Recovery recovery;
  private final JobRepository repository;
  private final JobOperator operator;
  private final RetryProperties retry;
  private final Function<BatchRecord, Rounds> rounds;
  private final Function<BatchRecord, LostTasks> lost;
  private final Predicate<BatchRecord> lacksVideos;
  private final Waterline waterline;

  BatchOpening(
      Batches batches,
      Recovery recovery,
      JobRepository repository,
      JobOperator operator,
      RetryProperties retry,
      Function<BatchRecord, Rounds> rounds,
      Function<BatchRecord, LostTasks> lost,
      Predicate<BatchRecord> lacksVideos,
      Waterline waterline) {
    this.waterline = waterline;
    this.batches = batches;
    this.recovery = recovery;
    this.repository = repository;
    this.operator = operator;
    this.retry = retry;
    this.rounds = rounds;
    this.lost = lost;
    this.lacksVideos = lacksVideos;
  }

  OpenedBatch open(RunRequest request, InputFingerprint input, String origin, AccountName account) {
    refuseLostLedger(request.home(), batches);
    waterline.check();
    BatchRecord found = batches.open(request.batch(), origin, account);
    if (!request.home().hasBegun()) {
      request.home().begun(0);
    }
    refuseAnother(found, origin);
    BatchRecord batch = batches.take(found, HomeLock.owner(request.use().what()));
    recoverDeadExecutions(batch);
    int doubts = recovery.recover(batch);
    int givenUp = rounds.apply(batch).giveUp(retry.attempts());
    if (givenUp > 0) {
      log.info("{} rows are not ordered once more: --attempts is lower than it was", givenUp);
    }

    OpenedBatch.InputStatus status = statusOf(batch, input);
    JobParameters parameters = parameters(batch, input, batches.round(batch));
    forgetUnbegun(parameters);
    JobExecution last = repository.getLastJobExecution(JOB, parameters);
    boolean over = last != null && isOver(last);
    return status == OpenedBatch.InputStatus.NEW
        ? withNewInput(request, batch, input, doubts, over)
        : withActiveInput(request, batch, input, doubts, over);
  }

  /** What is to be ordered once more is planned with the new input, in one transaction. */
  private OpenedBatch withNewInput(
      RunRequest request, BatchRecord batch, InputFingerprint input, int doubts, boolean over) {
    boolean finished = !couldMove(batch);
    Reorder onceMore = request.again().allowing(finished ? retry.automatic() : 0);
    if (over || onceMore.isAny()) {
      batches.nextRound(batch);
    }
    return new OpenedBatch(
        batch,
        batches.round(batch),
        doubts,
        OpenedBatch.InputStatus.NEW,
        OpenedBatch.Work.LEFT,
        onceMore,
        RoundNotes.beforeLoad(
            request.again(), finished, batches.counts(batch).of(RowState.IN_DOUBT)),
        parameters(batch, input, batches.round(batch)));
  }

  /**
   * A round opens only when the last one is finished: one that was opened and not played to its end
   * goes on, so that the same command after a kill orders nothing twice.
   */
  private OpenedBatch withActiveInput(
      RunRequest request, BatchRecord batch, InputFingerprint input, int doubts, boolean over) {
    batches.stampInput(batch, input.stamp()); // touched, but still the same
    boolean settled = !couldMove(batch);
    boolean finished = over && settled;
    Reordered reordered =
        rounds.apply(batch).open(request.again().allowing(finished ? retry.automatic() : 0));
    OpenedBatch.Work work = OpenedBatch.Work.LEFT;
    if (over && !reordered.isAny()) {
      if (settled && lost.apply(batch).due().isEmpty() && !lacksVideos.test(batch)) {
        work = OpenedBatch.Work.DONE;
      } else {
        batches.nextRound(batch);
      }
    }
    return new OpenedBatch(
        batch,
        batches.round(batch),
        doubts,
        OpenedBatch.InputStatus.ACTIVE,
        work,
        Reorder.NOTHING,
        RoundNotes.of(request.again(), finished, reordered, retry.automatic()),
        parameters(batch, input, batches.round(batch)));
  }

  static void refuseLostLedger(Home home, Batches batches) {
    if (!home.hasBegun() || !batches.all().isEmpty()) {
      return;
    }
    Optional<Home.Server> server = home.server();
    if (server.isPresent()) {
      throw new UsageException(
          Message.of(
              "the ledger on the server {0} is lost or damaged: {1} had batches there, and none is"
                  + " left. What was paid for is not known any more, so nothing is sent. Restore the"
                  + " database from a backup; to begin anew all the same, and pay again, choose another"
                  + " --home",
              server.get().place(), home.path()));
    }
    throw new UsageException(
        Message.of(
            "the ledger in {0} is lost or damaged: this home had batches, and none is left. What"
                + " was paid for is not known any more, so nothing is sent. Restore ledger.mv.db"
                + " from a backup; to begin anew all the same, and pay again, move the whole folder"
                + " away",
            home.path()));
  }

  private static void refuseAnother(BatchRecord batch, String origin) {
    if (!batch.origin().equals(origin)) {
      throw new UsageException(
          Message.of(
              "batch {0} belongs to {1}, this run would use {2}. Its paid tasks are known only there:"
                  + " use that gateway, or another --batch. Nothing was sent",
              batch.name(), batch.origin(), origin));
    }
  }

  // Of this batch only: recovering a live execution kills it, and other batches may run elsewhere.
  private void recoverDeadExecutions(BatchRecord batch) {
    for (JobExecution execution : repository.findRunningJobExecutions(JOB)) {
      if (batch.name().value().equals(execution.getJobParameters().getString(BATCH))) {
        operator.recover(execution);
      }
    }
  }

  /** Batch writes an instance and its execution apart, and starts no instance without one. */
  private void forgetUnbegun(JobParameters parameters) {
    JobInstance instance = repository.getJobInstance(JOB, parameters);
    if (instance != null && repository.getJobExecutions(instance).isEmpty()) {
      repository.deleteJobInstance(instance);
    }
  }

  private OpenedBatch.InputStatus statusOf(BatchRecord batch, InputFingerprint input) {
    Optional<InputRecord> active = batches.activeInput(batch);
    return active.isPresent()
            && active.get().digest().equals(input.digest())
            && active.get().admission().equals(input.admission())
        ? OpenedBatch.InputStatus.ACTIVE
        : OpenedBatch.InputStatus.NEW;
  }

  private static boolean isOver(JobExecution execution) {
    // UNKNOWN can be neither restarted nor recovered; the ledger knows where to go on.
    return execution.getStatus() == BatchStatus.COMPLETED
        || execution.getStatus() == BatchStatus.UNKNOWN
        || execution.getStatus() == BatchStatus.ABANDONED
        || execution.getStepExecutions().stream()
            .anyMatch(step -> step.getStatus() == BatchStatus.UNKNOWN);
  }

  /** Rows that only wait for a row in doubt do not count: no run can move them. */
  private boolean couldMove(BatchRecord batch) {
    return batches.hasRowsUnderWay(batch) || batches.hasReadyRows(batch);
  }

  private static JobParameters parameters(BatchRecord batch, InputFingerprint input, int round) {
    return new JobParametersBuilder()
        .addString(BATCH, batch.name().value())
        .addString("input", input.digest())
        .addLong("round", (long) round)
        .toJobParameters();
  }
}
