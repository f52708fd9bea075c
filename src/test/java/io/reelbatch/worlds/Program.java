package io.reelbatch.worlds;

import io.reelbatch.csv.ColumnKeys;
import io.reelbatch.gateway.PlayedGateway;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.job.PlayedLoad;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.HastyLedger;
import io.reelbatch.ledger.InputLines;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.Recovery;
import io.reelbatch.ledger.RescueFile;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Language;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.ActiveLimit;
import io.reelbatch.pacing.BrakeSettings;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.SendRates;
import io.reelbatch.pacing.StopCause;
import io.reelbatch.pacing.TaskTimes;
import io.reelbatch.pacing.Throttle;
import io.reelbatch.poll.PollPace;
import io.reelbatch.poll.PollReader;
import io.reelbatch.poll.PollSettings;
import io.reelbatch.poll.PollWriter;
import io.reelbatch.poll.Watch;
import io.reelbatch.report.Briefing;
import io.reelbatch.report.Commands;
import io.reelbatch.report.Completeness;
import io.reelbatch.report.LineSource;
import io.reelbatch.report.ReportWriter;
import io.reelbatch.submit.SubmitPace;
import io.reelbatch.submit.SubmitReader;
import io.reelbatch.submit.SubmitWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * One process: the program from the opening of its batch to its report, put together as the job
 * does it. All that is built of the program in these tests is built here.
 */
final class Program {

  static final BatchName BATCH = new BatchName("world");

  /** How a run ended by itself. */
  enum Ending {
    FINISHED,
    UNFINISHED,
    REJECTED,
    ERROR
  }

  /** What the world gives the program. */
  record Surroundings(
      LedgerDatabase database,
      VideoGateway gateway,
      Catalogue catalogue,
      InstantSource wall,
      MonotonicClock monotonic,
      Conductor conductor,
      Path home,
      Path file,
      Path out) {}

  private final Surroundings here;
  private final Weather weather;
  private final Terms terms;
  private final SplittableRandom random;
  private final Executor requests;
  private final Consumer<String> trace;
  private final Pulse pulse;
  private final RunControl control;
  private Optional<Throwable> failure = Optional.empty();
  private Optional<Ending> ending = Optional.empty();
  private boolean loaded;

  Program(
      Surroundings here,
      Weather weather,
      Terms terms,
      Optional<Duration> deadline,
      long seed,
      Executor requests,
      Consumer<String> trace) {
    this.here = here;
    this.weather = weather;
    this.terms = terms;
    this.random = new SplittableRandom(seed);
    this.requests = requests;
    this.trace = trace;
    this.pulse = new Pulse(this::rest);
    this.control =
        new RunControl(here.monotonic(), pulse, deadline.orElse(null), weather.patience());
  }

  private void rest(java.util.function.BooleanSupplier beaten, Duration longest) {
    Duration bounded =
        longest.compareTo(weather.longestWait()) > 0 ? weather.longestWait() : longest;
    Duration shortest = Duration.ofMillis(1);
    here.conductor().rest(bounded.compareTo(shortest) < 0 ? shortest : bounded, beaten);
  }

  /** How it ended; empty while it runs, and if it died. */
  Optional<Ending> ending() {
    return ending;
  }

  Optional<Throwable> failure() {
    return failure;
  }

  RunControl control() {
    return control;
  }

  /** Whether the input is let in. */
  boolean hasLoaded() {
    return loaded;
  }

  void signal() {
    control.stop(StopCause.SIGNAL);
  }

  /** From the first line of the process to the last. */
  void run() {
    try {
      ending = Optional.of(work());
    } catch (RuntimeException e) {
      here.conductor().dieIfDead();
      failed("main", e);
      ending = Optional.of(Ending.ERROR);
    }
    trace.accept("ended " + ending.get() + failure.map(e -> " by " + e).orElse(""));
  }

  private Ending work() {
    RescueFile rescue = new RescueFile(here.home().resolve("rescue.jsonl"));
    Batches batches = new Batches(here.database(), here.wall());
    BatchRecord batch = batches.open(BATCH, PlayedGateway.ORIGIN, AccountName.DEFAULT);
    int doubts = new Recovery(here.database(), rescue).recover(batch);
    trace.accept("opened, " + doubts + " new doubts");
    batches.nextRound(batch);
    try (Ledger ledger =
        HastyLedger.open(
            here.database(),
            here.wall(),
            batch,
            batches.round(batch),
            terms,
            rescue,
            pulse::beat)) {
      List<LineError> errors =
          PlayedLoad.load(
              here.database(), here.wall(), batch, ledger, here.catalogue(), here.file());
      if (!errors.isEmpty()) {
        trace.accept("rejected: " + errors);
        return Ending.REJECTED;
      }
      loaded = true;
      trace.accept("loaded: " + ledger.counts());
      // What the brakes do has tests of its own; here they would end every rough run early.
      Brakes brakes = new Brakes(BrakeSettings.OFF, here.monotonic(), ledger.histories());
      playSides(ledger, brakes);
      boolean finished = failure.isEmpty() && PlayedLoad.isFinished(ledger, control, brakes);
      InputLines lines = new InputLines(here.database(), batches.activeInput(batch).orElseThrow());
      var unused =
          new ReportWriter(LineSource.of(lines), here.out(), briefing(batch, lines))
              .write(finished ? Completeness.FINISHED : Completeness.UNFINISHED);
      if (failure.isPresent()) {
        return Ending.ERROR;
      }
      return finished ? Ending.FINISHED : Ending.UNFINISHED;
    }
  }

  private Briefing briefing(BatchRecord batch, InputLines lines) {
    return new Briefing(
        batch.name(),
        batch.origin(),
        Language.ZH,
        ZoneOffset.UTC,
        here.wall().instant(),
        ColumnKeys.of(lines.columns()),
        List.of(),
        terms.caps(),
        0,
        Briefing.Troubles.NONE,
        new Commands(here.out(), List.of("run"), List.of()));
  }

  private void playSides(Ledger ledger, Brakes brakes) {
    SubmitPace submitPace =
        new SubmitPace(
            new SendRates(weather.submitRate(), Map.of(), here.monotonic(), pulse, random.split()),
            new InFlight(weather.inFlight(), requests, pulse),
            new ActiveLimit(
                weather.maxActive(), OptionalInt.empty(), here.monotonic(), random.split()),
            brakes);
    SubmitReader submitReader = new SubmitReader(ledger, submitPace, control, pulse, 1);
    SubmitWriter submitWriter =
        new SubmitWriter(ledger, account -> here.gateway(), submitPace, control, here.monotonic());

    PollSettings settings = weather.polling();
    PollPace pollPace =
        new PollPace(
            new Throttle(weather.pollRate(), here.monotonic(), random.split()),
            new InFlight(weather.pollsInFlight(), requests, pulse),
            brakes);
    Watch watch =
        new Watch(
            ledger,
            settings,
            new TaskTimes(settings.first(), settings.interval(), random.split()),
            new Promptness(),
            here.wall(),
            here.monotonic());
    PollReader pollReader = new PollReader(ledger, watch, pollPace, control, pulse);
    PollWriter pollWriter =
        new PollWriter(
            ledger,
            account -> here.gateway(),
            watch,
            pollPace,
            settings,
            control,
            here.wall(),
            here.monotonic());

    Conductor.Player submit =
        here.conductor().spawn("submit", () -> step(submitReader, submitWriter, submitReader));
    Conductor.Player poll =
        here.conductor().spawn("poll", () -> step(pollReader, pollWriter, pollReader));
    here.conductor().rest(Duration.ofDays(1000), () -> submit.isOver() && poll.isOver());
    if (here.conductor().threads() > 1) {
      throw new AssertionError("the steps ended under requests that are on their way");
    }
  }

  /** A chunk step of one item a chunk, as Spring Batch plays it. */
  private <W> void step(
      ItemReader<W> reader, ItemWriter<W> writer, StepExecutionListener listener) {
    String name = here.conductor().current().name;
    var job = new JobExecution(1L, new JobInstance(1L, "played"), new JobParameters());
    var execution = new StepExecution(1L, name, job);
    listener.beforeStep(execution);
    try {
      for (W window = reader.read(); window != null; window = reader.read()) {
        writer.write(Chunk.of(window));
      }
    } catch (Exception e) {
      here.conductor().dieIfDead();
      failed(name, e);
    }
    var unused = listener.afterStep(execution);
    trace.accept("side over");
  }

  private void failed(String where, Exception e) {
    trace.accept(where + " failed: " + e);
    if (failure.isEmpty()) {
      failure = Optional.of(e);
    }
  }
}
