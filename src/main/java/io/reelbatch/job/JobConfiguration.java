package io.reelbatch.job;

import io.reelbatch.collect.Shelf;
import io.reelbatch.csv.OrderFile;
import io.reelbatch.csv.OrderPage;
import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Activation;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LearnedLimits;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LostTasks;
import io.reelbatch.ledger.PlannedOrders;
import io.reelbatch.ledger.Recovery;
import io.reelbatch.ledger.RescueFile;
import io.reelbatch.ledger.Rounds;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.Staging;
import io.reelbatch.ledger.TimesTaken;
import io.reelbatch.ledger.Videos;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.ActiveLimit;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.SendRates;
import io.reelbatch.pacing.TaskTimes;
import io.reelbatch.pacing.Throttle;
import io.reelbatch.poll.LostTasklet;
import io.reelbatch.poll.PollPace;
import io.reelbatch.poll.PollReader;
import io.reelbatch.poll.PollSettings;
import io.reelbatch.poll.PollWindow;
import io.reelbatch.poll.PollWriter;
import io.reelbatch.poll.Watch;
import io.reelbatch.report.Completeness;
import io.reelbatch.report.ReportTasklet;
import io.reelbatch.submit.SubmitPace;
import io.reelbatch.submit.SubmitReader;
import io.reelbatch.submit.SubmitWindow;
import io.reelbatch.submit.SubmitWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.support.SimpleFlow;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The job and what it is made of: {@code load}, then {@code lost}, then {@code submit}, {@code
 * poll} and, where it is asked for, {@code collect} at the same time, then {@code report}.
 *
 * <p>Plain singletons: one process runs one job once. The steps' own transactions are empty; the
 * ledger makes its own, short ones.
 */
@Configuration(proxyBeanMethods = false)
@Import({LedgerConfiguration.class, BatchRecords.class, CollectConfiguration.class})
class JobConfiguration {

  @Bean
  MonotonicClock monotonicClock() {
    return System::nanoTime;
  }

  @Bean
  Executor requestThreads() {
    return RequestThreads.executor();
  }

  @Bean
  RescueFile rescueFile(RunRequest request) {
    return new RescueFile(request.home().rescue());
  }

  @Bean
  InputFingerprint inputFingerprint(
      RunRequest request,
      Catalogue catalogue,
      RunProperties run,
      CsvProperties csv,
      Batches batches,
      InstantSource clock) {
    return InputFingerprint.of(request, catalogue, run, csv, batches, clock.instant());
  }

  @Bean
  OpenedBatch openedBatch(
      RunRequest request,
      InputFingerprint input,
      GatewayProperties gateway,
      VideoGateway checked, // a key or address that cannot be right must not found a batch
      Terms readable, // nor may an amount that cannot be read
      LedgerDatabase database,
      Batches batches,
      RescueFile rescue,
      JobRepository repository,
      JobOperator operator,
      RetryProperties retry,
      PollProperties poll,
      InstantSource clock,
      ObjectProvider<Shelf> shelf,
      Waterline waterline) {
    String origin = request.use().originOr(gateway.baseUrl());
    return new BatchOpening(
            batches,
            new Recovery(database, rescue),
            repository,
            operator,
            retry,
            batch -> new Rounds(database, clock, batch),
            batch -> new LostTasks(database, clock, batch, poll.askLostFor()),
            batch ->
                request.videos() == FinishedVideos.FETCH
                    && shelf.getObject().lacksAny(new Videos(database, clock, batch)),
            waterline)
        .open(request, input, origin, gateway.account());
  }

  @Bean
  Waterline waterline(RunRequest request, Batches batches) {
    return new Waterline(request.home(), batches);
  }

  @Bean
  Terms terms(BudgetProperties budget, PricesProperties prices, Catalogue catalogue) {
    return new Terms(prices.list(budget.unit(), catalogue), budget.caps(), budget.failedTasks());
  }

  @Bean
  Ledger ledger(
      LedgerDatabase database,
      InstantSource clock,
      OpenedBatch opened,
      Terms terms,
      RescueFile rescue,
      Pulse pulse) {
    return new Ledger(database, clock, opened.batch(), opened.round(), terms, rescue, pulse::beat);
  }

  @Bean
  OrderPageReader orderPageReader(
      RunRequest request,
      OpenedBatch opened,
      Catalogue catalogue,
      RunProperties run,
      CsvProperties csv) {
    return opened.input() == OpenedBatch.InputStatus.ACTIVE
        ? OrderPageReader.ofNothing()
        : OrderPageReader.of(
            () -> OrderFile.open(request.file(), csv.hints(), catalogue, run.defaults()));
  }

  @Bean
  Step load(
      JobRepository repository,
      OrderPageReader reader,
      RunRequest request,
      InputFingerprint input,
      Catalogue catalogue,
      OpenedBatch opened,
      LedgerDatabase database,
      Batches batches,
      InstantSource clock,
      MonotonicClock monotonic,
      Ledger ledger,
      RunControl control) {
    LoadWriter writer =
        new LoadWriter(
            new Staging(database, clock, opened.batch()),
            new StagedCheck(
                database,
                opened.batch(),
                catalogue,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
            new Activation(database, clock, opened.batch()),
            ledger,
            input,
            request,
            opened.onceMore(),
            () -> batches.stampInput(opened.batch(), input.stamp()),
            control);
    return JobConfiguration.<OrderPage>windows("load", repository, monotonic)
        .reader(reader)
        .writer(writer)
        .listener((StepListener) writer)
        .build();
  }

  /** Before anything is sent: a lost source that is found after all frees the rows that wait. */
  @Bean
  Step lost(
      JobRepository repository,
      LedgerDatabase database,
      InstantSource clock,
      OpenedBatch opened,
      Ledger ledger,
      VideoGateway gateway,
      PollPace pace,
      PollProperties poll,
      RunControl control,
      Pulse pulse) {
    LostTasks tasks = new LostTasks(database, clock, opened.batch(), poll.askLostFor());
    return new StepBuilder("lost", repository)
        .tasklet(
            new LostTasklet(tasks, ledger, gateway, pace.throttle(), control, pulse),
            new ResourcelessTransactionManager())
        .allowStartIfComplete(true)
        .build();
  }

  @Bean
  Brakes brakes(BrakesProperties brakes, MonotonicClock clock, Ledger ledger) {
    return new Brakes(brakes.settings(), clock, ledger.histories());
  }

  @Bean
  ActiveLimit activeLimit(SubmitProperties submit, LearnedLimits learned, MonotonicClock clock) {
    return new ActiveLimit(submit.maxActive(), learned.read(), clock, new SplittableRandom());
  }

  @Bean
  LearnedLimits learnedLimits(LedgerDatabase database, InstantSource clock, OpenedBatch opened) {
    return new LearnedLimits(database, clock, opened.batch());
  }

  @Bean
  LimitKeeper limitKeeper(ActiveLimit active, LearnedLimits learned, MonotonicClock clock) {
    return new LimitKeeper(active, learned, clock);
  }

  @Bean
  SubmitPace submitPace(
      SubmitProperties submit,
      MonotonicClock clock,
      Executor requestThreads,
      Pulse pulse,
      ActiveLimit active,
      Brakes brakes) {
    return new SubmitPace(
        new SendRates(submit.rate(), submit.rates(), clock, pulse, new SplittableRandom()),
        new InFlight(submit.inFlight(), requestThreads, pulse),
        active,
        brakes);
  }

  @Bean
  Step submit(
      JobRepository repository,
      Ledger ledger,
      VideoGateway gateway,
      SubmitPace pace,
      RunControl control,
      Pulse pulse,
      RetryProperties retry,
      MonotonicClock clock) {
    SubmitReader reader = new SubmitReader(ledger, pace, control, pulse, retry.attempts());
    return JobConfiguration.<SubmitWindow>windows("submit", repository, clock)
        .reader(reader)
        .writer(new SubmitWriter(ledger, gateway, pace, control, clock))
        .listener((StepListener) reader)
        .build();
  }

  @Bean
  PollSettings pollSettings(PollProperties poll, RetryProperties retry) {
    return new PollSettings(
        poll.first(),
        poll.interval(),
        poll.grace(),
        poll.lostAfter(),
        poll.noLinkPolls(),
        retry.attempts());
  }

  @Bean
  PollPace pollPace(
      PollProperties poll,
      MonotonicClock clock,
      Executor requestThreads,
      Pulse pulse,
      Brakes brakes) {
    return new PollPace(
        new Throttle(poll.rate(), clock, new SplittableRandom()),
        new InFlight(poll.inFlight(), requestThreads, pulse),
        brakes);
  }

  @Bean
  Promptness promptness() {
    return new Promptness();
  }

  @Bean
  TaskTimes taskTimes(
      PollProperties poll,
      Catalogue catalogue,
      Environment environment,
      LedgerDatabase database,
      OpenedBatch opened) {
    FirstPolls first = new FirstPolls(poll, catalogue, environment);
    TaskTimes times = new TaskTimes(first::of, poll.interval(), new SplittableRandom());
    for (TimesTaken.Taken taken : new TimesTaken(database, opened.batch()).read()) {
      Duration before = taken.told().minus(poll.interval());
      times.ended(taken.effort(), before.isNegative() ? Duration.ZERO : before, taken.told());
    }
    return times;
  }

  @Bean
  Watch watch(
      Ledger ledger,
      PollSettings settings,
      TaskTimes times,
      Promptness promptness,
      MonotonicClock monotonic,
      InstantSource clock) {
    return new Watch(ledger, settings, times, promptness, clock, monotonic);
  }

  @Bean
  Step poll(
      JobRepository repository,
      Ledger ledger,
      VideoGateway gateway,
      Watch watch,
      PollPace pace,
      PollSettings settings,
      RunControl control,
      Pulse pulse,
      InstantSource clock,
      MonotonicClock monotonic) {
    PollReader reader = new PollReader(ledger, watch, pace, control, pulse);
    return JobConfiguration.<PollWindow>windows("poll", repository, monotonic)
        .reader(reader)
        .writer(new PollWriter(ledger, gateway, watch, pace, settings, control, clock, monotonic))
        .listener((StepListener) reader)
        .build();
  }

  /** A step whose item is a window of rows and whose chunk is one window. */
  static <W> ChunkOrientedStepBuilder<W, W> windows(
      String name, JobRepository repository, MonotonicClock clock) {
    return new StepBuilder(name, SparingRepository.around(repository, clock))
        .<W, W>chunk(1)
        .transactionManager(new ResourcelessTransactionManager())
        .allowStartIfComplete(true);
  }

  @Bean
  Briefings briefings(
      RunRequest request,
      OpenedBatch opened,
      Batches batches,
      Terms terms,
      RunControl control,
      Brakes brakes,
      InstantSource clock) {
    return new Briefings(request, opened, batches, terms, control, brakes, clock);
  }

  @Bean
  ReportedInput reportedInput(
      LedgerDatabase database,
      Batches batches,
      OpenedBatch opened,
      RunRequest request,
      Briefings briefings,
      ReportProperties report) {
    return new ReportedInput(database, batches, opened, request, briefings, report.extras());
  }

  @Bean
  Step report(
      JobRepository repository,
      Ledger ledger,
      RunControl control,
      Brakes brakes,
      Fetching fetching,
      ReportedInput input) {
    return new StepBuilder("report", repository)
        .tasklet(
            new LastStep(
                ledger,
                control,
                brakes,
                fetching,
                new ReportTasklet(() -> input.write(Completeness.FINISHED).orElseThrow())),
            new ResourcelessTransactionManager())
        .allowStartIfComplete(true)
        .build();
  }

  @Bean
  Job reelbatch(
      RunRequest request,
      JobRepository repository,
      Step load,
      Step lost,
      Step submit,
      Step poll,
      @Qualifier("collect") ObjectProvider<Step> collect,
      Step report) {
    Flow[] flows =
        request.videos() == FinishedVideos.LEAVE
            ? new Flow[] {flow(submit), flow(poll)}
            : new Flow[] {flow(submit), flow(poll), flow(collect.getObject())};
    Flow sides =
        new FlowBuilder<SimpleFlow>("sides")
            .split(new SimpleAsyncTaskExecutor("side-"))
            .add(flows)
            .build();
    return new JobBuilder(BatchOpening.JOB, repository)
        .start(flow(load))
        .next(flow(lost))
        .next(sides)
        .next(report)
        .end()
        .build();
  }

  private static Flow flow(Step step) {
    return new FlowBuilder<SimpleFlow>(step.getName() + "-flow").start(step).build();
  }

  @Bean
  Publisher publisher(
      Home home,
      OpenedBatch opened,
      Batches batches,
      Ledger ledger,
      RunControl control,
      Brakes brakes,
      Outlook outlook,
      InstantSource clock) {
    return new Publisher(
        home,
        opened.batch().name(),
        ledger::counts,
        () -> batches.committed(opened.batch()),
        control,
        brakes::paused,
        outlook,
        clock);
  }

  @Bean
  Outlook outlook(
      MonotonicClock clock,
      Ledger ledger,
      SubmitProperties submit,
      LedgerDatabase database,
      OpenedBatch opened) {
    return new Outlook(
        clock,
        ledger.counts(),
        submit,
        () -> Forecast.usual(new TimesTaken(database, opened.batch())));
  }

  @Bean
  Showing showing(
      RunView view,
      OrderPageReader reader,
      Ledger ledger,
      Outlook outlook,
      Terms terms,
      Batches batches,
      LedgerDatabase database,
      OpenedBatch opened,
      Fetching fetching,
      RunControl control,
      Brakes brakes,
      InstantSource clock) {
    CostAhead cost =
        new CostAhead(
            terms.prices(),
            () -> batches.committed(opened.batch()),
            new PlannedOrders(database, opened.batch()));
    return new Showing(view, reader, ledger, outlook, cost, fetching, control, brakes, clock);
  }

  @Bean
  JobRunner jobRunner(
      RunRequest request,
      OpenedBatch opened,
      LedgerDatabase database,
      Ledger ledger,
      JobOperator operator,
      Job reelbatch,
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
      Publisher publisher) {
    return new JobRunner(
        request,
        opened,
        database,
        ledger,
        operator,
        reelbatch,
        control,
        brakes,
        view,
        reader,
        input,
        waterline,
        limits,
        promptness,
        fetching,
        showing,
        publisher);
  }
}
