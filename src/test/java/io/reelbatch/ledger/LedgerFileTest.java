package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A ledger is of one version or of another, whenever the program is killed. */
class LedgerFileTest {

  @TempDir Path home;

  @Test
  void aNewLedgerIsMadeAndIsOfTheNewestVersion() throws SQLException {
    new LedgerFile(home).open().close();

    assertThat(newestVersion()).isEqualTo(LedgerSchema.NEWEST);
    assertThat(home.resolve("ledger.new.mv.db")).doesNotExist();
  }

  @Test
  void aNewLedgerIsCopiedFromAnEmptyOneWhichTheFirstLeaves(@TempDir Path other)
      throws SQLException, IOException {
    Path empty = other.resolve("empty");

    new LedgerFile(home, empty).open().close();
    sql("ledger").execute(BATCH);
    new JdbcTemplate(source("jdbc:h2:file:" + copyOf(empty, other)))
        .execute("create table seen (id int)");
    new LedgerFile(other, other.resolve("copied.mv.db")).open().close();

    JdbcTemplate copied = new JdbcTemplate(source(new LedgerFile(other).url()));
    assertThat(copied.queryForList("select * from seen")).isEmpty();
    assertThat(copied.queryForList("select * from batch")).isEmpty();
  }

  @Test
  void aCurrentLedgerIsOpenedWithoutAWordOfLog() throws SQLException {
    new LedgerFile(home).open().close();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    root.addAppender(logged);
    root.setLevel(Level.TRACE); // as it is while logging is being set up
    try (Connection opened = new LedgerFile(home).openCurrent()) {
      assertThat(opened).isNotNull();
    } finally {
      root.setLevel(before);
      root.detachAppender(logged);
    }

    assertThat(logged.list).isEmpty();
  }

  @Test
  void onlyACurrentLedgerIsOpenedAtOnce() throws SQLException {
    assertThat(new LedgerFile(home).openCurrent()).isNull();
    assertThat(home.resolve("ledger.mv.db")).doesNotExist();

    Flyway.configure()
        .configuration(LedgerSchema.flyway(source(url("ledger"))).getConfiguration())
        .target("10")
        .load()
        .migrate();
    assertThat(new LedgerFile(home).openCurrent()).isNull();
  }

  private static Path copyOf(Path empty, Path folder) throws IOException {
    Files.copy(empty, folder.resolve("copied.mv.db"));
    return folder.resolve("copied");
  }

  @Test
  void anEmptyLedgerOfAnOlderVersionIsBroughtToTheNewest(@TempDir Path other)
      throws SQLException, IOException {
    DriverManagerDataSource source = source(url("ledger"));
    Flyway.configure()
        .configuration(LedgerSchema.flyway(source).getConfiguration())
        .target("10")
        .load()
        .migrate();

    new LedgerFile(other, home.resolve("ledger.mv.db")).open().close();

    Files.delete(home.resolve("ledger.mv.db"));
    Files.copy(other.resolve("ledger.mv.db"), home.resolve("ledger.mv.db"));
    assertThat(newestVersion()).isEqualTo(LedgerSchema.NEWEST);
  }

  @Test
  void theNewestVersionIsThatOfTheLastMigration() {
    MigrationInfo[] all = LedgerSchema.flyway(source(url("any"))).info().all();

    assertThat(all[all.length - 1].getVersion()).hasToString(LedgerSchema.NEWEST);
  }

  @Test
  void theLinesOfAnOlderLedgerKeepTheirNumbers() {
    DriverManagerDataSource source = source(url("ledger"));
    Flyway.configure()
        .configuration(LedgerSchema.flyway(source).getConfiguration())
        .target("10")
        .load()
        .migrate();
    sql("ledger").execute(BATCH);
    sql("ledger")
        .execute(
            """
            insert into input
              (batch_id, digest, admission, file, column_names, line_count, staged_at)
            select id, '', '', '', '["prompt"]', 2, current_timestamp from batch
            """);
    sql("ledger")
        .execute(
            """
            insert into input_line (input_id, line, cells, problem)
            select i.id, x.line, '["a"]', 'wrong' from input i,
              (select 3 as line union all select 700) x
            """);

    LedgerSchema.migrate(source);

    Long input = sql("ledger").queryForObject("select id from input", Long.class);
    InputRecord record =
        new InputRecord(
            input == null ? 0 : input, "", "", "", null, java.util.List.of("prompt"), 2);
    assertThat(
            new InputLines(new LedgerDatabase(source, LedgerDatabase.DiskSync.ON), record)
                .after(0, 10))
        .extracting(ReportLine::line)
        .containsExactly(3L, 700L);
  }

  @Test
  void whatAKilledFirstStartLeftIsMadeAnew() throws SQLException {
    half("ledger.new");

    new LedgerFile(home).open().close();

    assertThat(newestVersion()).isEqualTo(LedgerSchema.NEWEST);
  }

  @Test
  void anOlderLedgerKeepsItsRowsAndTakesTheNewestVersion() throws SQLException {
    older("ledger");
    sql("ledger").execute(BATCH);
    half("ledger.new"); // of a start that was killed while it did the same

    new LedgerFile(home).open().close();

    assertThat(newestVersion()).isEqualTo(LedgerSchema.NEWEST);
    assertThat(sql("ledger").queryForObject("select name from batch", String.class))
        .isEqualTo("shots");
  }

  @Test
  void aMigrationThatFailsLeavesTheLedgerAsItWas() {
    half("ledger");

    assertThatThrownBy(() -> new LedgerFile(home).open()).isInstanceOf(FlywayException.class);

    assertThat(sql("ledger").queryForObject("select count(*) from settlement", Integer.class))
        .isZero();
    assertThat(newestVersion()).isEqualTo("2");
  }

  @Test
  void aLedgerOfANewerVersionIsRefusedAndLeftAsItIs() throws SQLException {
    new LedgerFile(home).open().close();
    sql("ledger")
        .update(
            "update \"flyway_schema_history\" set \"version\" = '999' where \"version\" = ?",
            LedgerSchema.NEWEST);

    assertThatThrownBy(() -> new LedgerFile(home).open())
        .isInstanceOf(NewerLedgerException.class)
        .hasMessageContaining("999")
        .hasMessageContaining("Nothing was sent");
    assertThat(newestVersion()).isEqualTo("999");
  }

  @Test
  void theLedgerIsOpenWithoutDelayedWrites() throws SQLException {
    try (Connection held = new LedgerFile(home).open()) {
      assertThat(held.isClosed()).isFalse();
      new LedgerDatabase(source(new LedgerFile(home).url()), LedgerDatabase.DiskSync.ON);
    }
  }

  private static final String BATCH =
      """
      insert into batch (name, identity_version, origin, account, round, created_at)
      values ('shots', 1, 'https://gateway.test', 'default', 1, current_timestamp)
      """;

  private void older(String name) {
    Flyway.configure()
        .dataSource(url(name), "sa", "")
        .locations("classpath:db/migration/common")
        .javaMigrations(new SpringBatchSchema())
        .target("2")
        .load()
        .migrate();
  }

  /** As a kill leaves it between a table of a migration and the note that the migration is done. */
  private void half(String name) {
    older(name);
    sql(name).execute("create table settlement (id bigint)");
  }

  private @Nullable String newestVersion() {
    return sql("ledger")
        .queryForObject(
            "select \"version\" from \"flyway_schema_history\" order by \"installed_rank\" desc limit 1",
            String.class);
  }

  private JdbcTemplate sql(String name) {
    return new JdbcTemplate(source(url(name)));
  }

  private String url(String name) {
    return "jdbc:h2:file:" + home.resolve(name) + ";WRITE_DELAY=0";
  }

  private static DriverManagerDataSource source(String url) {
    return new DriverManagerDataSource(url, "sa", "");
  }
}
