package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.PostgresServer;
import io.reelbatch.model.BatchName;
import io.reelbatch.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Homes of several machines whose ledger is one database of a server. */
class ServerIT {

  private static final String URL = "spring.datasource.url";

  @TempDir Path folder;
  private final List<BatchWorld> worlds = new ArrayList<>();
  private String url;
  private JdbcTemplate sql;

  @BeforeEach
  void aDatabase() {
    url = PostgresServer.shared().emptyDatabase();
    sql = new JdbcTemplate(PostgresServer.source(url));
  }

  @AfterEach
  void close() {
    worlds.forEach(BatchWorld::close);
  }

  private BatchWorld world(String machine) throws IOException {
    return world(machine, SimulatorSettings.defaults().withTaskTime(Duration.ofMillis(30)));
  }

  private BatchWorld world(String machine, SimulatorSettings gateway) throws IOException {
    BatchWorld world =
        new BatchWorld(Files.createDirectories(folder.resolve(machine)), gateway).with(URL, url);
    worlds.add(world);
    return world;
  }

  private static String[] prompts(int count) {
    List<String> lines = new ArrayList<>(List.of("prompt"));
    for (int i = 0; i < count; i++) {
      lines.add("prompt " + i);
    }
    return lines.toArray(String[]::new);
  }

  private static void await(BooleanSupplier happened) {
    while (!happened.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anEmptyDatabaseBecomesALedgerThatTheNextRunGoesOnWith() throws IOException {
    BatchWorld world = world("one").csv(prompts(3));

    assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    RunResult again = world.run();

    assertThat(again.nothingToDo()).isTrue();
    assertThat(world.sentPrompts()).hasSize(3);
    assertThat(Files.exists(folder.resolve("one/home/ledger.mv.db"))).isFalse();
  }

  @Test
  void anotherMachineGoesOnWithTheBatchAndPaysForNothingTwice() throws IOException {
    BatchWorld one = world("one").csv(prompts(3));
    one.run();
    BatchWorld other = world("other").csv(prompts(5));
    other.with("reelbatch.gateway.base-url", one.gateway.baseUrl().toString());

    assertThat(other.run().ending()).isEqualTo(Ending.SUCCEEDED);

    assertThat(one.sentPrompts()).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void differentBatchesRunSideBySideAndTheStartOfOneKillsNoOther() throws Exception {
    BatchWorld slow =
        world("one", SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(2)))
            .of("slow")
            .csv(prompts(20));
    CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(slow::run);
    await(() -> slow.gateway.sends().size() >= 5);

    for (int i = 0; i < 3; i++) {
      assertThat(world("other" + i).of("quick" + i).csv(prompts(4)).run().ending())
          .isEqualTo(Ending.SUCCEEDED);
    }

    assertThat(running.get().ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(slow.sentPrompts()).hasSize(20).doesNotHaveDuplicates();
    assertThat(sql.queryForList("select distinct status from batch_job_execution", String.class))
        .containsExactly("COMPLETED");
  }

  @Test
  void aBatchThatIsRunElsewhereIsInUseAndItsRunnerIsNamed() throws Exception {
    BatchWorld one =
        world("one", SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(2)))
            .csv(prompts(3));
    CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(one::run);
    await(() -> !one.gateway.sends().isEmpty());
    BatchWorld other = world("other").csv(prompts(3));

    RunResult refused = other.run();

    assertThat(refused.ending()).isEqualTo(Ending.LOCKED);
    assertThat(refused.error())
        .asString()
        .contains("batch shots is in use", "process " + ProcessHandle.current().pid(), "a test");
    assertThat(other.gateway.log()).isEmpty();
    assertThatThrownBy(
            () ->
                new AgainDesk(
                        other.waiting(Duration.ZERO).use(), new BatchName("shots"), "a tester")
                    .again(List.of()))
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("in use");
    assertThat(running.get().ending()).isEqualTo(Ending.SUCCEEDED);
  }

  @Test
  void aBatchOfAnotherMachineIsSeenWhileItRuns() throws Exception {
    BatchWorld one =
        world("one", SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(2)))
            .csv(prompts(3));
    CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(one::run);
    await(() -> !one.gateway.sends().isEmpty());

    assertThat(lastRun("other")).extracting(Standing.Run::ending).isNull();
    running.get();
    assertThat(lastRun("third")).extracting(Standing.Run::ending).isEqualTo("completed");
  }

  private Standing.@Nullable Run lastRun(String seenFrom) throws IOException {
    return new StatusDesk(world(seenFrom).use()).of(new BatchName("shots")).run();
  }

  @Test
  void aHomeThatHasBatchesInItsFileDoesNotBeginAnewOnAServer() throws IOException {
    BatchWorld world = world("one").without(URL).csv(prompts(1));
    world.run();

    RunResult result = world.with(URL, url).run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(result.error()).asString().contains(URL, "paid for again", "Nothing was sent");
    assertThat(world.sentPrompts()).hasSize(1);
    assertThatThrownBy(() -> new CheckDesk(world.request()).check())
        .isInstanceOf(DeskException.class)
        .hasMessageContaining("paid for again");
  }

  @Test
  void aHomeWhoseBatchesAreOnAServerDoesNotBeginAnewInAFile() throws IOException {
    BatchWorld world = world("one").csv(prompts(1));
    world.run();

    RunResult result = world.without(URL).run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(result.error()).asString().contains("lies on the server", "Nothing was sent");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @Test
  void aHomeIsNotLedToTheLedgerOfAnotherDatabase() throws IOException {
    BatchWorld world = world("one").csv(prompts(1));
    world.run();

    RunResult result = world.with(URL, PostgresServer.shared().ledger()).run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(result.error()).asString().contains("is not the one", "nothing is sent");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @Test
  void aHomeThatIsLostTakesNoPaymentWithIt() throws IOException {
    BatchWorld world = world("one").csv(prompts(2));
    world.run();
    Files.move(folder.resolve("one/home"), folder.resolve("one/lost"));

    assertThat(world.run().nothingToDo()).isTrue();
    Files.move(world.out(), folder.resolve("one/results-of-the-lost"));
    RunResult more = world.csv(prompts(3)).run();

    assertThat(more.ending()).isEqualTo(Ending.SUCCEEDED);
    assertThat(world.reported("state")).containsOnly("SUCCEEDED").hasSize(3);
    assertThat(world.sentPrompts()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void whereTheServerIsFoundMayChange() throws IOException {
    BatchWorld world = world("one").csv(prompts(1));
    world.run();

    RunResult result = world.with(URL, url.replace("localhost", "127.0.0.1")).run();

    assertThat(result.nothingToDo()).isTrue();
  }

  @Test
  void anOlderCopyOfTheDatabaseIsRefused() throws IOException {
    BatchWorld world = world("one").csv(prompts(3));
    world.run();
    sql.execute("delete from attempt where row_id = 1");

    RunResult result = world.csv(prompts(4)).run();

    assertThat(result.error())
        .asString()
        .contains("on the server", "damaged or older than it was", "Restore the database")
        .doesNotContain("ledger.mv.db");
    assertThat(world.sentPrompts()).hasSize(3);
  }

  @Test
  void aDatabaseThatWasEmptiedIsNotBegunAnew() throws IOException {
    BatchWorld world = world("one").csv(prompts(1));
    world.run();
    sql.execute("truncate table batch cascade");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(result.error())
        .asString()
        .contains("on the server", "lost or damaged", "nothing is sent", "Restore the database")
        .doesNotContain("ledger.mv.db");
    assertThat(world.sentPrompts()).hasSize(1);
  }

  @Test
  void userAndPasswordMayComeFromFiles() throws IOException {
    BatchWorld world = world("one").csv(prompts(1));
    Path secrets = Files.createDirectories(folder.resolve("secrets/spring.datasource"));
    Files.writeString(secrets.resolve("username"), PostgresServer.USER + "\n");
    Files.writeString(secrets.resolve("password"), "secret\n");
    world.with(URL, url.replaceAll("[?]user=.*", ""));
    System.setProperty("spring.config.import", "configtree:" + folder.resolve("secrets") + "/");

    try {
      assertThat(world.run().ending()).isEqualTo(Ending.SUCCEEDED);
    } finally {
      System.clearProperty("spring.config.import");
    }
  }

  @Test
  void aUserWhoIsNotLetInIsASettingToMend() throws IOException {
    BatchWorld world =
        world("one")
            .csv(prompts(1))
            .with(URL, url.replace("user=" + PostgresServer.USER, "user=nobody&password=s3cret"));

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(result.error())
        .asString()
        .contains("nobody", "Nothing was sent")
        .doesNotContain("s3cret");
  }

  @Test
  void aServerThatIsNotThereIsWorthAnotherTry() throws IOException {
    BatchWorld world =
        world("one")
            .csv(prompts(1))
            .with(URL, "jdbc:postgresql://localhost:1/ledger?user=u&password=s3cret");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.ERROR);
    assertThat(result.error())
        .asString()
        .contains("localhost:1/ledger", "Nothing was sent", "run the same command again")
        .doesNotContain("s3cret");
  }

  @Test
  void aServerThatForgetsWhatItCommitsIsRefused() throws IOException {
    BatchWorld world = world("one").csv(prompts(1));
    PostgresServer.shared()
        .execute(
            "alter database " + url.replaceAll(".*/|[?].*", "") + " set synchronous_commit = off");

    RunResult result = world.run();

    assertThat(result.ending()).isEqualTo(Ending.USAGE);
    assertThat(result.error()).asString().contains("synchronous_commit = off", "Nothing was sent");
    assertThat(world.gateway.log()).isEmpty();
  }

  @Test
  void aCheckLeavesNothingOnTheServerAndKnowsWhatIsPaidFor() throws IOException {
    BatchWorld world = world("one").csv(prompts(3));
    world.run();
    List<String> before = everything();

    InputCheck check = new CheckDesk(world.csv(prompts(5)).request()).check();

    assertThat(check.errors()).isEmpty();
    assertThat(check.kinds()).extracting(InputCheck.OfKind::rows).containsExactly(2L);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aCheckOfANewBatchLeavesNoBatch() throws IOException {
    BatchWorld world = world("one").csv(prompts(3));

    assertThat(new CheckDesk(world.request()).check().errors()).isEmpty();

    assertThat(sql.queryForObject("select count(*) from batch", Integer.class)).isZero();
  }

  private List<String> everything() {
    List<String> all = new ArrayList<>();
    for (String table :
        List.of("batch", "input", "input_line", "staged_order", "batch_row", "row_number")) {
      all.addAll(sql.queryForList("select cast(t as varchar) from " + table + " t", String.class));
    }
    return all;
  }

  @Test
  void theCapOfADayHoldsForAllMachinesTogether() throws Exception {
    List<CompletableFuture<RunResult>> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BatchWorld world =
          world("machine" + i, SimulatorSettings.defaults().withTaskTime(Duration.ofSeconds(2)))
              .of("batch" + i)
              .csv(prompts(20))
              .with("reelbatch.budget.currency", "USD")
              .with("reelbatch.budget.day", "30 USD")
              .with("reelbatch.prices.all.price", "1");
      runs.add(CompletableFuture.supplyAsync(world::run));
      await(() -> !world.gateway.sends().isEmpty()); // one JVM starts one after the other
    }

    for (CompletableFuture<RunResult> run : runs) {
      run.get();
    }

    assertThat(worlds.stream().mapToInt(world -> world.sentPrompts().size()).sum()).isEqualTo(30);
  }
}
