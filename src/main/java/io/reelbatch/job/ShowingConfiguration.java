package io.reelbatch.job;

import io.reelbatch.csv.OrderPageReader;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.Ledger;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.PlannedOrders;
import io.reelbatch.ledger.TimesTaken;
import io.reelbatch.model.Terms;
import io.reelbatch.pacing.Brakes;
import io.reelbatch.pacing.MonotonicClock;
import io.reelbatch.pacing.RunControl;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a person, and a process that looks from outside, sees of a run. */
@Configuration(proxyBeanMethods = false)
class ShowingConfiguration {

  @Bean
  Publisher publisher(
      Home home,
      RunId run,
      OpenedBatch opened,
      Batches batches,
      Ledger ledger,
      RunControl control,
      Brakes brakes,
      Outlook outlook,
      InstantSource clock) {
    return new Publisher(
        home,
        run,
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
}
