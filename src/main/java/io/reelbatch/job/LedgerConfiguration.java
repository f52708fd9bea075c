package io.reelbatch.job;

import io.reelbatch.gateway.GatewayListener;
import io.reelbatch.gateway.GatewaySettings;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LedgerException;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Message;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * What every command needs that works with a home: its ledger, and the gateway when asked for.
 *
 * <p>Spring Boot's auto-configuration is not used: looking for all that it could configure takes
 * longer than the little that it would.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  GatewayProperties.class,
  SubmitProperties.class,
  BrakesProperties.class,
  BudgetProperties.class,
  PricesProperties.class,
  PollProperties.class,
  CollectProperties.class,
  RunProperties.class,
  ReportProperties.class,
  CsvProperties.class,
  RetryProperties.class,
  ModelsProperties.class
})
class LedgerConfiguration {

  @Bean
  InstantSource instantSource() {
    return InstantSource.system();
  }

  @Bean
  DataSource dataSource(LedgerOpening ledger) throws Exception {
    return ledger.database();
  }

  @Bean
  LedgerDatabase ledgerDatabase(DataSource dataSource, RunProperties run) {
    try {
      return new LedgerDatabase(
          dataSource, run.diskSync() ? LedgerDatabase.DiskSync.ON : LedgerDatabase.DiskSync.OFF);
    } catch (LedgerException e) {
      throw new UsageException(Message.of(e), e);
    }
  }

  @Bean
  Batches batches(LedgerDatabase database, InstantSource clock) {
    return new Batches(database, clock);
  }

  @Bean
  @Lazy // nor the models
  Catalogue catalogue(ModelsProperties models) {
    try {
      return models.catalogue();
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of("the catalogue of models is wrong: {0}", Message.of(e)), e);
    }
  }

  @Bean
  @Lazy // not every command needs the key
  GatewaySettings gatewaySettings(
      GatewayProperties gateway,
      SubmitProperties submit,
      PollProperties poll,
      CollectProperties collect,
      Environment environment) {
    try {
      return new GatewaySettings(
          gateway.baseUrl(),
          ApiKeys.find(environment),
          gateway.connectTimeout(),
          gateway.answerTimeout(),
          submit.inFlight() + poll.inFlight() + collect.inFlight(),
          gateway.queryPath(),
          gateway.queryFallbackPath());
    } catch (IllegalArgumentException e) {
      throw new UsageException(Message.of("reelbatch.gateway: {0}", Message.of(e)), e);
    }
  }

  @Bean
  @Lazy
  VideoGateway videoGateway(
      GatewaySettings settings, InstantSource clock, ObjectProvider<GatewayListener> listener) {
    return new VideoGateway(settings, clock, listener.getIfAvailable(() -> GatewayListener.NONE));
  }
}
