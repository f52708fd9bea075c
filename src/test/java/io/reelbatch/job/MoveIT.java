package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.LedgerSchema;
import io.reelbatch.ledger.Moved;
import io.reelbatch.ledger.PostgresServer;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A ledger is moved to a server whole, and no ledger but the one that counts is ever used. */
class MoveIT {

  private static final String[] FILE = {
    "id,operation,prompt,source",
    "kite,create,a red kite,",
    ",create,without an id,",
    "refused,create,[sim:refuse] no,",
    "failed,create,[sim:fail] no,",
    "doubt,create,[sim:hang-up] no,",
    "more,remix,at night,kite"
  };

  @TempDir Path folder;
  private BatchWorld world;
  private String server;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder).without("spring.datasource.url");
    server = PostgresServer.shared().emptyDatabase();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private Path home(String file) {
    return folder.resolve("home").resolve(file);
  }

  private BatchWorld onServer() {
    return world.with("spring.datasource.url", server);
  }

  private MoveDesk.Result move() {
    return new MoveDesk(onServer().use()).move();
  }

  private JdbcTemplate there() {
    return new JdbcTemplate(PostgresServer.source(server));
  }

  @Test
  void theSameFileSendsNothingAfterTheMove() {
    world.csv(FILE);
    RunResult before = world.run();
    List<String> sent = world.sentPrompts();
    List<String> states = world.reported("state");

    MoveDesk.Result result = move();

    assertThat(result.moved()).isEqualTo(new Moved(1, 6, 6, 4));
    assertThat(home("ledger.mv.db")).doesNotExist();
    assertThat(home("ledger.moved.mv.db")).exists();
    RunResult again = world.run();
    assertThat(again.ending()).isEqualTo(before.ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.sentPrompts()).isEqualTo(sent);
    assertThat(world.reported("state")).isEqualTo(states);

    world.csv(
        FILE[0], FILE[6], "new,create,something new,", FILE[2], FILE[3], FILE[4], FILE[5], FILE[1]);
    world.run();
    assertThat(world.sentPrompts()).hasSize(sent.size() + 1).contains("something new");
  }

  @Test
  void tasksThatAreUnderWayAreWatchedToTheirEndThere() {
    world.close();
    world =
        new BatchWorld(folder, SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(2)))
            .without("spring.datasource.url");
    world
        .csv("prompt", "one", "two")
        .with("reelbatch.poll.first", "1s")
        .deadline(Duration.ofSeconds(1))
        .run();
    int sent = world.sentPrompts().size();
    move();

    RunResult result = world.deadline(null).run();

    assertThat(result.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.sentPrompts()).hasSize(Math.max(sent, 2));
  }

  @Test
  void withoutTheServersSettingsNothingIsSentAnyMore() {
    world.csv(FILE);
    world.run();
    int sent = world.sentPrompts().size();
    move();

    RunResult result = world.without("spring.datasource.url").csv("prompt", "anything new").run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(String.valueOf(result.error())).contains("lies on the server", "Nothing was sent");
    assertThat(world.sentPrompts()).hasSize(sent);
  }

  @Test
  void anotherServerThanTheOneThatItWasMovedToIsRefused() {
    world.csv(FILE);
    world.run();
    int sent = world.sentPrompts().size();
    move();

    server = PostgresServer.shared().emptyDatabase();

    assertThat(onServer().run().ending()).isEqualTo(Ending.USAGE);
    assertThatThrownBy(this::move).hasMessageContaining("is not the one that");
    assertThat(world.sentPrompts()).hasSize(sent);
  }

  @Test
  void aKillBeforeTheCommitLeavesNothingThereAndTheSameCommandMovesIt() {
    world.csv(FILE);
    world.run();
    List<String> sent = world.sentPrompts();
    // What is on the disk and on the server at that moment: the home's note alone.
    Home home = new Home(folder.resolve("home"));
    move();
    undoneThere();
    assertThat(home("ledger.moved.mv.db").toFile().renameTo(home("ledger.mv.db").toFile()))
        .isTrue();
    assertThat(home.server()).isPresent();

    assertThat(world.without("spring.datasource.url").run().ending()).isEqualTo(Ending.USAGE);
    assertThat(onServer().run().ending()).isEqualTo(Ending.USAGE);
    assertThat(move().moved()).isEqualTo(new Moved(1, 6, 6, 4));
    assertThat(onServer().run().ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.sentPrompts()).isEqualTo(sent);
  }

  private void undoneThere() {
    String tables =
        String.join(
            ", ",
            there()
                .queryForList(
                    """
                    select table_name from information_schema.tables
                    where table_schema = current_schema()
                      and table_name not in ('flyway_schema_history', 'ledger', 'row_number')
                    """,
                    String.class));
    there().execute("truncate " + tables);
  }

  @Test
  void aKillAfterTheCommitIsMadeUpForByTheSameCommand() {
    world.csv(FILE);
    world.run();
    List<String> sent = world.sentPrompts();
    move();
    assertThat(home("ledger.moved.mv.db").toFile().renameTo(home("ledger.mv.db").toFile()))
        .isTrue();

    assertThat(world.without("spring.datasource.url").run().ending()).isEqualTo(Ending.USAGE);
    assertThat(onServer().run().ending()).isEqualTo(Ending.IN_DOUBT); // the server's counts already
    assertThat(move().moved()).isNull();
    assertThat(home("ledger.mv.db")).doesNotExist();
    assertThat(move().moved()).isNull();
    assertThat(world.sentPrompts()).isEqualTo(sent);
  }

  @Test
  void aServerThatHoldsBatchesIsRefusedAndTheFileIsUsedOn() throws IOException {
    world.csv(FILE);
    world.run();
    try (BatchWorld other = new BatchWorld(Files.createDirectory(folder.resolve("other")))) {
      other.with("spring.datasource.url", server).csv("prompt", "of another home").run();
    }

    assertThatThrownBy(this::move).hasMessageContaining("it holds batches");

    assertThat(home("ledger.server")).doesNotExist();
    int sent = world.sentPrompts().size();
    assertThat(world.without("spring.datasource.url").run().ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(world.sentPrompts()).hasSize(sent);
  }

  @Test
  void aCopyThatFailsHasNotHappened() {
    world.csv(FILE);
    world.run();
    // The server's tables are made first; then one of them takes nothing.
    LedgerSchema.migrate(PostgresServer.source(server));
    there().execute("alter table attempt add constraint never check (number > 100)");

    assertThatThrownBy(this::move).isInstanceOf(DeskException.class);

    assertThat(there().queryForObject("select count(*) from batch", Integer.class)).isZero();
    assertThat(home("ledger.mv.db")).exists();
    assertThat(home("ledger.server")).doesNotExist();
    assertThat(world.without("spring.datasource.url").run().ending()).isEqualTo(Ending.IN_DOUBT);
  }

  @Test
  void allIsThereWithItsMoneyAndNewNumbersAreFree() {
    world
        .with("reelbatch.budget.currency", "USD")
        .with("reelbatch.prices.any.price", "0.80")
        .csv(FILE);
    world.run();
    List<Map<String, Object>> money = query("select * from spending order by batch_id, period");

    move();

    assertThat(there().queryForList("select * from spending order by batch_id, period").toString())
        .isEqualToIgnoringCase(money.toString());
    assertThat(there().queryForObject("select sum(amount) from attempt", BigDecimal.class))
        .isEqualByComparingTo("4.80");
    for (String free :
        List.of(
            "select nextval('batch_job_execution_seq') > max(job_execution_id) from batch_job_execution",
            "select nextval(pg_get_serial_sequence('task', 'id')) > max(id) from task",
            "select nextval(pg_get_serial_sequence('batch', 'id')) > max(id) from batch",
            "select (select next_id from row_number) > max(id) from batch_row")) {
      assertThat(there().queryForObject(free, Boolean.class)).as(free).isTrue();
    }
  }

  private List<Map<String, Object>> query(String sql) {
    return new JdbcTemplate(
            new DriverManagerDataSource(new Home(folder.resolve("home")).ledger().url(), "sa", ""))
        .queryForList(sql);
  }

  @Test
  void aHomeWithoutALedgerHasNothingToMove() {
    assertThatThrownBy(this::move).hasMessageContaining("there is no ledger in");
    assertThat(Files.exists(home("ledger.server"))).isFalse();
  }

  @Test
  void withoutAServerInTheSettingsNothingIsMoved() {
    world.csv(FILE);
    world.run();

    assertThatThrownBy(() -> new MoveDesk(world.without("spring.datasource.url").use()).move())
        .hasMessageContaining("spring.datasource.url");
    assertThat(home("ledger.mv.db")).exists();
  }
}
