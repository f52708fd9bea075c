package io.reelbatch.job;

import io.reelbatch.collect.Shelf;
import io.reelbatch.csv.OrderFile;
import io.reelbatch.csv.OrderPage;
import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.gateway.PerAccount;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Activation;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.CommitListener;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LostTasks;
import io.reelbatch.ledger.Recovery;
import io.reelbatch.ledger.RescueFile;
import io.reelbatch.ledger.Rounds;
import io.reelbatch.ledger.StagedCheck;
import io.reelbatch.ledger.StagedPlan;
import io.reelbatch.ledger.Staging;
import io.reelbatch.ledger.Videos;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Reason;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.report.Completeness;
import io.reelbatch.report.ReportTasklet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
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
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The job and what it is made of: {@code load}, then {@code lost}, then {@code submit}, {@code
 * poll} and, where it is asked for, {@code collect} at the same time, then {@code report}.
 *
 * <p>Plain singletons: one process runs one job once. The steps' own transactions are empty; the
 * ledger makes its own, short ones.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  LedgerConfiguration.class,
  BatchRecords.class,
  SubmitConfiguration.class,
  PollConfiguration.class,
  CollectConfiguration.class,
  ShowingConfiguration.class
})
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
  BatchHold batchHold(LedgerOpening ledger, Batches batches, RunRequest request)
      throws InterruptedException, SQLException {
    return BatchHold.take(ledger, batches, request.batch(), request.use().lockWait());
  }

  @Bean
  OpenedBatch openedBatch(
      BatchHold held, // what a dead run has left behind is anybody's guess without it
      RunRequest request,
      InputFingerprint input,
      GatewayProperties gateway,
      PerAccount<VideoGateway> gateways,
      ApiKeys keys,
      RunControl control,
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
    AccountName account = account(gateway, request, batches);
    gateways.apply(account); // a key or address that cannot be right must not found a batch
    OpenedBatch opened =
        new BatchOpening(
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
            .open(request, input, origin, account);
    control.sendsWith(
        account,
        other ->
            keys.find(other).isPresent()
                ? Optional.empty()
                : Optional.of(Reason.of("no_key", ApiKeys.missing(other))));
    return opened;
  }

  /** What is said counts; a batch of which nothing is said stays with its own. */
  private static AccountName account(
      GatewayProperties gateway, RunRequest request, Batches batches) {
    return gateway.account() == null
        ? batches.find(request.batch()).map(BatchRecord::account).orElse(AccountName.DEFAULT)
        : AccountName.written(gateway.account());
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
      Pulse pulse,
      ObjectProvider<CommitListener> listener) {
    CommitListener measured = listener.getIfAvailable();
    return measured == null
        ? new Ledger(database, clock, opened.batch(), opened.round(), terms, rescue, pulse::beat)
        : new Ledger(
            database, clock, opened.batch(), opened.round(), terms, rescue, pulse::beat, measured);
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
      RunView view,
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
            admitted -> Withdrawal.tell(new StagedPlan(database, opened.batch()), admitted, view),
            () -> batches.stampInput(opened.batch(), input.stamp()),
            control);
    return JobConfiguration.<OrderPage>windows("load", repository, monotonic)
        .reader(reader)
        .writer(writer)
        .listener((StepListener) writer)
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
  LedgerGuard ledgerGuard(
      LedgerDatabase database,
      Ledger ledger,
      GatewayProperties gateway,
      MonotonicClock clock,
      LedgerGuard.LastWords lastWords) {
    return new LedgerGuard(
        database::isBroken,
        ledger::giveUp,
        gateway.answerTimeout().plus(LedgerGuard.BY_ITSELF),
        clock,
        lastWords,
        () -> Runtime.getRuntime().halt(Ending.ERROR.code()));
  }

  @Bean
  JobRunner jobRunner(
      RunId id,
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
      Publisher publisher,
      BatchHold hold,
      LedgerGuard guard) {
    return new JobRunner(
        id,
        request,
        opened,
        hold,
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
        publisher,
        guard);
  }
}
