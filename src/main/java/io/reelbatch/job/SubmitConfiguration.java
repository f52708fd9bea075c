package io.reelbatch.job;

import io.reelbatch.gateway.PerAccount;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.LearnedLimits;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.pacing.ActiveLimit;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.InFlight;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.pacing.SendRates;
import io.reelbatch.submit.SubmitPace;
import io.reelbatch.submit.SubmitReader;
import io.reelbatch.submit.SubmitWindow;
import io.reelbatch.submit.SubmitWriter;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.springframework.batch.core.listener.StepListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The step {@code submit}: what it is paced and held back by. */
@Configuration(proxyBeanMethods = false)
class SubmitConfiguration {

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
      PerAccount<VideoGateway> gateways,
      SubmitPace pace,
      RunControl control,
      Pulse pulse,
      RetryProperties retry,
      MonotonicClock clock) {
    SubmitReader reader = new SubmitReader(ledger, pace, control, pulse, retry.attempts());
    return JobConfiguration.<SubmitWindow>windows("submit", repository, clock)
        .reader(reader)
        .writer(new SubmitWriter(ledger, gateways, pace, control, clock))
        .listener((StepListener) reader)
        .build();
  }
}
