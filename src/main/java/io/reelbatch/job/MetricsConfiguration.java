package io.reelbatch.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.reelbatch.collect.CollectPace;
import io.reelbatch.ledger.BatchMoney;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.metrics.RequestMeters;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.Promptness;
import io.reelbatch.pacing.RunControl;
import io.reelbatch.poll.PollPace;
import io.reelbatch.submit.SubmitPace;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a run is measured by; added to the job only where the settings ask for metrics. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

  /** Of requests and commits, which find it as their listener. */
  @Bean
  RequestMeters requestMeters(MeterRegistry registry, MonotonicClock clock) {
    return new RequestMeters(registry, clock);
  }

  /**
   * Spring Batch's own figures of jobs and steps; it looks for this bean. What it calls items and
   * chunks are windows of rows here: figures of them would only mislead.
   */
  @Bean
  ObservationRegistry observationRegistry(MeterRegistry registry) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationPredicate(
            (name, context) ->
                name.equals("spring.batch.job") || name.startsWith("spring.batch.step"))
        .observationHandler(new DefaultMeterObservationHandler(registry));
    return observations;
  }

  @Bean
  Measurements measurements(
      RunRequest request,
      OpenedBatch opened,
      LedgerDatabase database,
      Batches batches,
      Ledger ledger,
      Terms terms,
      SubmitPace submit,
      PollPace poll,
      ObjectProvider<CollectPace> collect,
      RunControl control,
      Outlook outlook,
      Promptness promptness,
      Fetching fetching,
      InstantSource clock) {
    return new Measurements(
        ledger,
        new BatchMoney(database, batches, opened.batch()),
        terms,
        submit,
        poll,
        request.videos() == FinishedVideos.FETCH ? collect.getObject() : null,
        control,
        outlook,
        promptness,
        fetching,
        clock);
  }
}
