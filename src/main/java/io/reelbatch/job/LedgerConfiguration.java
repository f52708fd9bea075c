package io.reelbatch.job;

import com.zaxxer.hikari.HikariDataSource;
import io.reelbatch.gateway.GatewaySettings;
import io.reelbatch.gateway.VideoGateway;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.KindsOfOlderRows;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.SpringBatchSchema;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** What every command needs that works with a home: its ledger, and the gateway when asked for. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({
  GatewayProperties.class,
  SubmitProperties.class,
  BrakesProperties.class,
  BudgetProperties.class,
  PricesProperties.class,
  PollProperties.class,
  RunProperties.class,
  RetryProperties.class,
  ModelsProperties.class
})
class LedgerConfiguration {

  @Bean
  SpringBatchSchema springBatchSchema() {
    return new SpringBatchSchema();
  }

  @Bean
  KindsOfOlderRows kindsOfOlderRows() {
    return new KindsOfOlderRows();
  }

  @Bean
  InstantSource instantSource() {
    return InstantSource.system();
  }

  /** The ledger is where the home is. No setting may move it: another ledger pays again. */
  @Bean
  DataSource dataSource(Home home) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(home.databaseUrl());
    source.setUsername("sa");
    source.setMaximumPoolSize(8);
    return source;
  }

  @Bean
  @DependsOnDatabaseInitialization
  LedgerDatabase ledgerDatabase(DataSource dataSource, RunProperties run) {
    return new LedgerDatabase(
        dataSource, run.diskSync() ? LedgerDatabase.DiskSync.ON : LedgerDatabase.DiskSync.OFF);
  }

  @Bean
  Batches batches(LedgerDatabase database, InstantSource clock) {
    return new Batches(database, clock);
  }

  @Bean
  @Lazy // not every command needs the key
  VideoGateway videoGateway(
      GatewayProperties gateway,
      SubmitProperties submit,
      PollProperties poll,
      Environment environment,
      InstantSource clock) {
    try {
      return new VideoGateway(
          new GatewaySettings(
              gateway.baseUrl(),
              ApiKeys.find(environment),
              gateway.connectTimeout(),
              gateway.answerTimeout(),
              submit.inFlight() + poll.inFlight(),
              gateway.queryPath(),
              gateway.queryFallbackPath()),
          clock);
    } catch (IllegalArgumentException e) {
      throw new UsageException("reelbatch.gateway: " + e.getMessage(), e);
    }
  }
}
