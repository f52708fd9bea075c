package io.reelbatch.job;

import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.csv.UnreadableInputException;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.StopCause;
import io.reelbatch.report.Completeness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Runs the job of an opened batch and says how it ended. Writes the report also when the job could
 * not: its report step runs only when everything before it is complete.
 */
final class JobRunner {

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final long SHOW_EVERY_MILLIS = 500;

  private final RunId id;
  private final RunRequest request;
  private final OpenedBatch opened;
  private final BatchHold hold;
  private final LedgerDatabase database;
  private final Ledger ledger;
  private final JobOperator operator;
  private final Job job;
  private final RunControl control;
  private final Brakes brakes;
  private final RunView view;
  private final OrderPageReader reader;
  private final ReportedInput input;
  private final Waterline waterline;
  private final LimitKeeper limits;
  private final Promptness promptness;
  private final Fetching fetching;
  private final Showing showing;
  private final Publisher publisher;
  private final LedgerGuard guard;
  private long tidied;

  JobRunner(
      RunId id,
      RunRequest request,
      OpenedBatch opened,
      BatchHold hold,
      LedgerDatabase database,
      Ledger ledger,
      JobOperator operator,
      Job job,
      RunControl control,
      Brakes brakes,
      RunView view,
      OrderPageReader reader,
      ReportedInput input,
      Waterline waterline,
      LimitKeeper limits,
      Promptness promptness,
      Fetching fetching,
      Showing showing,
      Publisher publisher,
      LedgerGuard guard) {
    this.id = id;
    this.request = request;
    this.opened = opened;
    this.hold = hold;
    this.database = database;
    this.ledger = ledger;
    this.operator = operator;
    this.job = job;
    this.control = control;
    this.brakes = brakes;
    this.view = view;
    this.reader = reader;
    this.input = input;
    this.waterline = waterline;
    this.limits = limits;
    this.promptness = promptness;
    this.fetching = fetching;
    this.showing = showing;
    this.publisher = publisher;
    this.guard = guard;
  }

  RunResult run() {
    view.begins(
        opened.batch().name(), request.home().path(), opened.batch().origin(), opened.doubts());
    opened.notes().forEach(view::note);
    if (opened.work() == OpenedBatch.Work.DONE) {
      return nothingToDo();
    }
    ResultsFolder.claim(input.out(), request.home(), opened.batch().name());
    RunResult result = guardedJob();
    publisher.ended(result.ending());
    return result;
  }

  @SuppressWarnings("try") // it looks on, not used
  private RunResult guardedJob() {
    try (LedgerGuard looking = guard.start()) {
      return runJob();
    }
  }

  private RunResult runJob() {
    JobExecution execution;
    ScheduledExecutorService shower = Executors.newSingleThreadScheduledExecutor(RunThread::new);
    try {
      var unused =
          shower.scheduleAtFixedRate(
              () -> {
                showing.show();
                waterline.rise(ledger.intents());
                limits.keepNowAndThen();
                tidy();
                publisher.nowAndThen();
                hold.look(control);
              },
              SHOW_EVERY_MILLIS,
              SHOW_EVERY_MILLIS,
              TimeUnit.MILLISECONDS); // ends with the executor
      execution = operator.start(job, parameters());
    } catch (JobExecutionException e) {
      throw new IllegalStateException("the job could not be started: " + e.getMessage(), e);
    } catch (DataAccessException | TransactionException e) {
      // Batch's own records lie in the ledger's file too.
      return failed(e);
    } finally {
      end(shower);
      showing.show();
    }
    limits.keep();
    waterline.rise(ledger.intents());
    waterline.rise(ledger.intents()); // all that was sent is on the disk by now
    List<LineError> errors = rejections(execution);
    if (!errors.isEmpty()) {
      return rejected(errors);
    }
    return ended(execution);
  }

  // Its name beside Spring Batch's own number of it; what it is started or restarted by is the
  // rest.
  private JobParameters parameters() {
    return new JobParametersBuilder(opened.parameters())
        .addString("run", id.value(), false)
        .toJobParameters();
  }

  // Not during the load, which frees whole chunks by itself: only what the ledger's own small
  // commits leave behind is gathered.
  private void tidy() {
    long commits = ledger.commits();
    if (commits == tidied) {
      return;
    }
    tidied = commits;
    try {
      database.tidy();
    } catch (RuntimeException e) {
      log.debug("the ledger's file could not be tidied", e); // its own commits tell what is wrong
    }
  }

  // Awaited, not interrupted: H2 closes its file under an interrupted thread.
  private static void end(ExecutorService shower) {
    shower.shutdown();
    try {
      if (!shower.awaitTermination(10, TimeUnit.SECONDS)) {
        log.warn("the view did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunResult nothingToDo() {
    Path out = input.out();
    if (!Files.exists(out.resolve("results.csv"))
        || !Files.exists(out.resolve("report.html"))
        || Files.exists(out.resolve("UNFINISHED.txt"))) {
      input.write(Completeness.FINISHED);
    }
    return result(byRows(), true, null);
  }

  private RunResult rejected(List<LineError> errors) {
    input.reject(errors);
    return new RunResult(
        Ending.REJECTED,
        null,
        input.doubts(),
        input.spent(),
        false,
        input.out(),
        errors,
        reader.warnings(),
        null,
        Map.of(),
        null,
        null,
        null,
        null);
  }

  private RunResult ended(JobExecution execution) {
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return result(byRows(), false, null);
    }
    // Batch records every stop as a JobInterruptedException; that one is no failure.
    Throwable failure =
        execution.getAllFailureExceptions().stream()
            .filter(exception -> !(exception instanceof JobInterruptedException))
            .findFirst()
            .orElse(null);
    if (failure != null) {
      return failed(failure);
    }
    input.write(Completeness.UNFINISHED);
    if (control.halted().isPresent() || !brakes.paused().isEmpty()) {
      return result(Ending.HALTED, false, null);
    }
    boolean cutShort = control.stopped().isPresent() || fetching.isCutShort();
    return result(
        cutShort ? Ending.UNFINISHED : Ending.ERROR,
        false,
        cutShort ? null : Message.of("the job ended as {0}", execution.getStatus()));
  }

  private RunResult failed(Throwable failure) {
    Explanation explanation = explanation(failure);
    try {
      input.write(Completeness.UNFINISHED, explanation.message());
      return result(Ending.ERROR, false, explanation.message());
    } catch (RuntimeException e) {
      // What failed first is what is to be mended: without the ledger there is no report either.
      log.error("nor could the report be written", e);
      return RunResult.failed(Ending.ERROR, explanation.message());
    }
  }

  /**
   * What the ledger said first: what comes after, from a closed database, tells nobody anything.
   */
  private Explanation explanation(Throwable failure) {
    return control
        .halted()
        .filter(halted -> halted.cause() == HaltCause.LEDGER)
        .map(halted -> Explanation.of(halted.reason(), failure, request.home()))
        .orElseGet(() -> Explanation.of(failure, request.home()));
  }

  private Ending byRows() {
    Counts lines = input.counts().orElseThrow();
    if (input.doubts() > 0) {
      return Ending.IN_DOUBT;
    }
    boolean missing = fetching.summary().filter(videos -> videos.givenUp() > 0).isPresent();
    boolean all = lines.of(RowState.SUCCEEDED) == lines.all() && !missing;
    return all ? Ending.SUCCEEDED : Ending.SOME_FAILED;
  }

  private RunResult result(Ending ending, boolean nothingToDo, @Nullable Message error) {
    boolean complete = ending.isComplete();
    return new RunResult(
        ending,
        input.counts().orElse(null),
        input.doubts(),
        input.spent(),
        nothingToDo,
        input.counts().isPresent() ? input.out() : null,
        List.of(),
        reader.warnings(),
        complete || error != null ? null : control.halted().orElse(null),
        complete ? Map.of() : brakes.paused(),
        complete ? null : control.stopped().orElse((StopCause) null),
        promptness.summary().orElse((Promptness.Summary) null),
        nothingToDo ? null : fetching.summary().orElse((FetchedVideos) null),
        error);
  }

  private static List<LineError> rejections(JobExecution execution) {
    for (Throwable failure : execution.getAllFailureExceptions()) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof InputRejectedException rejected) {
          return rejected.errors();
        } else if (cause instanceof UnreadableInputException unreadable) {
          return unreadable.errors();
        }
      }
    }
    return List.of();
  }

  /** The thread that shows how far the run is. */
  private static final class RunThread extends Thread {
    RunThread(Runnable task) {
      super(task, "view");
      setDaemon(true);
    }
  }
}
