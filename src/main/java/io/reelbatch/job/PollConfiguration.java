package io.reelbatch.job;

import io.reelbatch.gateway.PerAccount;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LostTasks;
import io.reelbatch.ledger.TimesTaken;
import io.reelbatch.model.Catalogue;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.TaskTimes;
import io.reelbatch.pacing.Throttle;
import io.reelbatch.poll.LostTasklet;
import io.reelbatch.poll.PollPace;
import io.reelbatch.poll.PollReader;
import io.reelbatch.poll.PollSettings;
import io.reelbatch.poll.PollWindow;
import io.reelbatch.poll.PollWriter;
import io.reelbatch.poll.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The steps that ask after tasks, {@code poll} and {@code lost}, and when they ask. */
@Configuration(proxyBeanMethods = false)
class PollConfiguration {

  /** Before anything is sent: a lost source that is found after all frees the rows that wait. */
  @Bean
  Step lost(
      JobRepository repository,
      LedgerDatabase database,
      InstantSource clock,
      OpenedBatch opened,
      Ledger ledger,
      PerAccount<VideoGateway> gateways,
      PollPace pace,
      PollProperties poll,
      RunControl control,
      Pulse pulse) {
    LostTasks tasks = new LostTasks(database, clock, opened.batch(), poll.askLostFor());
    return new StepBuilder("lost", repository)
        .tasklet(
            new LostTasklet(tasks, ledger, gateways, pace.throttle(), control, pulse),
            new ResourcelessTransactionManager())
        .allowStartIfComplete(true)
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
      PerAccount<VideoGateway> gateways,
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
        .writer(new PollWriter(ledger, gateways, watch, pace, settings, control, clock, monotonic))
        .listener((StepListener) reader)
        .build();
  }
}
