package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Caps;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.Money;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a server has that a file has not: others who work on it. */
class ServerTest {

  private static final BatchName SHOTS = new BatchName("shots");
  private static final int ROWS = 40;

  private final String url = PostgresServer.shared().ledger();
  private final LedgerServer server = new LedgerServer(url, null, null);
  private final JdbcTemplate sql = new JdbcTemplate(PostgresServer.source(url));
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private Optional<BatchLock> take(String batch) throws SQLException {
    Optional<BatchLock> lock = BatchLock.take(server, new BatchName(batch));
    lock.ifPresent(open::add);
    return lock;
  }

  private LedgerDatabase database() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    open.add(0, pool);
    return new LedgerDatabase(pool, LedgerDatabase.DiskSync.ON);
  }

  private void breakConnections() {
    PostgresServer.shared()
        .execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reelbatch'"
                + " and datname = '%s'".formatted(url.replaceAll(".*/|[?].*", "")));
  }

  private static void await(BooleanSupplier happened) {
    while (!happened.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aBatchIsOnesOwnUntilItIsGivenBack() throws SQLException {
    BatchLock mine = take("shots").orElseThrow();

    assertThat(take("shots")).isEmpty();
    assertThat(BatchLock.isTaken(database(), SHOTS)).isTrue();
    assertThat(take("other")).isPresent();

    mine.close();
    assertThat(take("shots")).isPresent();
  }

  @Test
  void whoLosesTheConnectionTakesTheBatchAnewIfNobodyElseHas() throws SQLException {
    BatchLock mine = take("shots").orElseThrow();
    breakConnections();

    assertThat(mine.look()).isEqualTo(BatchLock.Hold.HELD);
    assertThat(take("shots")).isEmpty();
  }

  @Test
  void whoLosesTheConnectionAndIsTooLateIsTold() throws SQLException {
    BatchLock mine = take("shots").orElseThrow();
    breakConnections();
    await(() -> !BatchLock.isTaken(database(), SHOTS));
    assertThat(take("shots")).isPresent();

    assertThat(mine.look()).isEqualTo(BatchLock.Hold.LOST);
  }

  @Test
  void aQuestionWhoseConnectionBrokeIsAskedOnceMore() {
    LedgerDatabase database = database();
    Batches batches = new Batches(database, InstantSource.system());
    batches.open(SHOTS, "https://gateway.test", AccountName.DEFAULT);
    breakConnections();

    assertThat(batches.find(SHOTS)).isPresent();
  }

  @Test
  void aServerThatForgetsWhatItCommitsIsRefused() {
    PostgresServer.shared()
        .execute(
            "alter database " + url.replaceAll(".*/|[?].*", "") + " set synchronous_commit = off");

    assertThatThrownBy(this::database)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("synchronous_commit = off");
  }

  @Test
  void aStandbyThatTakesNoWritesIsRefused() {
    PostgresServer.shared()
        .execute(
            "alter database "
                + url.replaceAll(".*/|[?].*", "")
                + " set default_transaction_read_only = on");

    assertThatThrownBy(this::database)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("standby");
  }

  @Test
  void numbersOfTasksComeInTheOrderOfTheirInsertsWhateverTheConnection() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) { // a connection each
      ids.add(
          sql.queryForObject(
              """
              insert into task (row_id, attempt, task_id, accepted_at, polls)
              values (1, 1, 't', current_timestamp, 0) returning id
              """,
              Long.class));
    }

    assertThat(ids).isSorted();
  }

  @Test
  void noBudgetIsSpentTwiceByTwoWhoLookAtItAtTheSameTime(@TempDir Path home) {
    Currency dollars = Currency.getInstance("USD");
    Caps caps = new Caps(null, new Money(BigDecimal.valueOf(ROWS), dollars), null, null);
    Terms terms =
        new Terms(
            new Prices(dollars, List.of(new PriceRule(null, null, null, null, BigDecimal.ONE))),
            caps,
            Terms.FailedTasks.CHARGED);
    List<CompletableFuture<Integer>> spenders = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      LedgerDatabase database = database();
      BatchRecord batch =
          new Batches(database, InstantSource.fixed(LedgerWorld.NOW))
              .open(new BatchName(name), "https://gateway.test", AccountName.DEFAULT);
      load(database, batch);
      Ledger ledger =
          new Ledger(
              database,
              InstantSource.fixed(LedgerWorld.NOW),
              batch,
              1,
              terms,
              new RescueFile(home.resolve(name)),
              () -> {});
      open.add(0, ledger);
      spenders.add(CompletableFuture.supplyAsync(() -> spend(ledger)));
    }

    int spent = spenders.stream().mapToInt(CompletableFuture::join).sum();

    assertThat(spent).isEqualTo(ROWS);
    assertThat(
            sql.queryForObject(
                "select sum(amount) from spending where period = '2026-11-20'", BigDecimal.class))
        .isEqualByComparingTo(BigDecimal.valueOf(ROWS));
  }

  private static int spend(Ledger ledger) {
    int spent = 0;
    while (ledger.capReached().isEmpty()) {
      spent += ledger.intend(ledger.planned(1)).size();
    }
    return spent;
  }

  private static void load(LedgerDatabase database, BatchRecord batch) {
    InstantSource clock = InstantSource.fixed(LedgerWorld.NOW);
    Csv csv = Csv.of();
    for (int i = 0; i <= ROWS; i++) {
      csv.create(null, "content " + i);
    }
    Staging staging = new Staging(database, clock, batch);
    StagedInput input = staging.begin("digest", "admission", "shots.csv", List.of("prompt"));
    List<InputLine> lines = csv.lines();
    staging.add(input, lines);
    new Activation(database, clock, batch).activate(input);
  }
}
