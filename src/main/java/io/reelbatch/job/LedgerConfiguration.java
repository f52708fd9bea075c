package io.reelbatch.job;

import io.reelbatch.gateway.GatewayListener;
import io.reelbatch.gateway.PerAccount;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LedgerException;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Message;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
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
  @ConfigurationPropertiesBinding
  static WrittenTimes writtenTimes() {
    return new WrittenTimes();
  }

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
  AccountSettings accountSettings(
      GatewayProperties gateway,
      SubmitProperties submit,
      PollProperties poll,
      CollectProperties collect,
      ApiKeys keys,
      Environment environment) {
    return new AccountSettings(
        gateway,
        keys,
        NetworkSettings.of(environment),
        submit.inFlight() + poll.inFlight() + collect.inFlight());
  }

  @Bean
  ApiKeys apiKeys(ConfigurableEnvironment environment) {
    return new ApiKeys(environment);
  }

  @Bean
  @Lazy
  PerAccount<VideoGateway> gateways(
      AccountSettings settings, InstantSource clock, ObjectProvider<GatewayListener> listener) {
    return new PerAccount<>(
        account ->
            new VideoGateway(
                settings.of(account), clock, listener.getIfAvailable(() -> GatewayListener.NONE)));
  }
}
