package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run asks again and again costs the same with a million rows as with ten. */
@OnFileOnly
class QueryPlanTest {

  private static final Pattern SCAN =
      Pattern.compile("PUBLIC\\.(BATCH_ROW|TASK|INPUT_LINE|ATTEMPT|VIDEO)\\.tableScan");

  LedgerWorld world;

  @BeforeEach
  void aLargeBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").remix("b", "a"));
    // Two thirds done, a few open, the rest planned: what H2 estimates by.
    for (String table :
        List.of(
            """
            insert into batch_row (id, batch_id, row_key, content, occurrence, order_json, state,
              version, attempts, task)
            select x + 1000, 1, 'k' || x, 'h' || x, 1, '{"operation":"create","model":"m","prompt":"p"}',
              case when x < 800 then 'SUCCEEDED' when x < 810 then 'ACCEPTED' else 'PLANNED' end,
              1, case when x < 810 then 1 else 0 end, case when x < 810 then x end
            from system_range(1, 1200)
            """,
            """
            insert into task (batch_id, row_id, attempt, task_id, accepted_at, polls)
            select batch_id, id, 1, row_key, current_timestamp, 0 from batch_row where attempts = 1
            """,
            """
            insert into attempt (row_id, number, round, intended_at, origin, account)
            select id, 1, 1, current_timestamp, '', '' from batch_row where attempts = 1
            """,
            """
            insert into video (batch_id, task)
            select 1, task from batch_row where task is not null
            """,
            """
            insert into input_line (input_id, position, cells, row_id)
            select 1, (id + 100) * 1000, '[]', id from batch_row
            """,
            "analyze")) {
      world.sql().execute(table);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void rowsThatMayGoComeSortedFromTheIndex() {
    String plan = planOf(() -> world.ledger.planned(10), "left join batch_row s");

    assertThat(plan).contains("ROW_TO_SEND", "index sorted").doesNotContainPattern(SCAN);
  }

  @Test
  void openTasksAreFoundWithoutReadingAllOfThem() {
    String plan = planOf(() -> world.ledger.openTasks(800, 10), "from task where batch_id");

    assertThat(plan).doesNotContainPattern(SCAN);
  }

  @Test
  void theOldestOpenTaskIsFoundByTheRowsAtTheGateway() {
    String plan = planOf(() -> world.ledger.beforeOpenTasks(), "min(task)");

    assertThat(plan).contains("ROW_TO_SEND", "direct lookup").doesNotContainPattern(SCAN);
  }

  @Test
  void doubtsOfEarlierRunsAreReadFromTheNewestSends() {
    String plan =
        planOf(
            () -> new KindHistories(world.database.jdbc(), world.batch).read(Map.of()),
            "intended_at desc");

    assertThat(plan).contains("ATTEMPT_BY_TIME", "index sorted").doesNotContainPattern(SCAN);
  }

  @Test
  void whetherARowIsReadyIsOneLookUp() {
    String plan = planOf(() -> world.batches.hasReadyRows(world.batch), "from batch_row");

    assertThat(plan).contains("ROW_TO_SEND").doesNotContainPattern(SCAN);
  }

  @Test
  void childrenAreFoundByTheirSource() {
    world.accept("a", "task_a");
    String plan = planOf(() -> world.fail("a"), "where waits_for = ?");

    assertThat(plan).contains("ROW_THAT_WAITS").doesNotContainPattern(SCAN);
  }

  @Test
  void waitingRowsAreFreedByTheirSource() {
    world.accept("a", "task_a");
    String plan = planOf(() -> world.succeed("a"), "set waits_for = null");

    assertThat(plan).contains("ROW_THAT_WAITS").doesNotContainPattern(SCAN);
  }

  @Test
  void aPageOfTheReportIsReadByItsLines() {
    String plan = planOf(world::report, "from input_line l");

    assertThat(plan).contains("index sorted").doesNotContainPattern(SCAN);
  }

  @Test
  void videosComeSortedByTheirEndsFromTheIndex() {
    Videos videos = new Videos(world.database, InstantSource.fixed(LedgerWorld.NOW), world.batch);
    String plan = planOf(() -> videos.after(700, 10), "from video");

    assertThat(plan).contains("VIDEO_OF_BATCH", "index sorted").doesNotContainPattern(SCAN);
  }

  @Test
  void thePaidRequestsOfAPageAreFoundByItsLines() {
    String plan = planOf(world::report, "join attempt a on a.row_id = l.row_id");

    assertThat(plan).doesNotContainPattern(SCAN);
  }

  @Test
  void theTaskOfALateAnswerIsFoundByItsRow() {
    Attempt late = world.send("a");
    world.ledger.record(late, LedgerWorld.doubt());
    String plan =
        planOf(
            () -> world.ledger.record(late, LedgerWorld.accepted("task_a")), "select id from task");

    assertThat(plan).contains("TASK_OF_ROW").doesNotContainPattern(SCAN);
  }

  @Test
  void nothingThatIsAskedForEachRowReadsAWholeTable() {
    world.faults.statements.clear();
    world.accept("a", "task_a");
    world.ledger.openTasks(800, 10);
    world.succeed("a");
    world.ledger.record(world.send("b"), LedgerWorld.deferred());
    world.accept("b", "task_b");
    world.fail("b");

    List<String> asked = List.copyOf(world.faults.statements);

    assertThat(asked).hasSizeGreaterThan(12).allSatisfy(this::isFoundByAnIndex);
  }

  private void isFoundByAnIndex(String statement) {
    if (!statement.strip().startsWith("insert") && !statement.startsWith("checkpoint")) {
      assertThat(explained(statement)).doesNotContainPattern(SCAN);
    }
  }

  /** H2's plan for the statement with this in it, among those that the action ran. */
  private String planOf(Runnable action, String part) {
    world.faults.statements.clear();
    action.run();
    String statement =
        world.faults.statements.stream()
            .filter(text -> text.contains(part))
            .findFirst()
            .orElseThrow(() -> new AssertionError(String.join("\n", world.faults.statements)));
    return explained(statement);
  }

  private String explained(String statement) {
    int where = statement.lastIndexOf("where");
    String set = statement.substring(0, where).replace("?", "null"); // whatever its type
    return String.valueOf(
        world.one("explain " + set + statement.substring(where).replace("?", "1")));
  }
}
