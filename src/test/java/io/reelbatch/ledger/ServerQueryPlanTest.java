package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What {@link QueryPlanTest} asks of H2, asked of a server: an index is there for each question.
 */
@EnabledIfSystemProperty(
    named = "ledger.on",
    matches = "postgresql",
    disabledReason = "about plans of PostgreSQL")
class ServerQueryPlanTest {

  LedgerWorld world;

  @BeforeEach
  void aLargeBatch(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").remix("b", "a"));
    for (String statement :
        List.of(
            """
            insert into batch_row (id, batch_id, row_key, content, occurrence, order_json, state,
              version, attempts, task)
            select x + 1000, 1, 'k' || x, 'h' || x, 1, '{"operation":"create","model":"m","prompt":"p"}',
              case when x < 800 then 'SUCCEEDED' when x < 810 then 'ACCEPTED' else 'PLANNED' end,
              1, case when x < 810 then 1 else 0 end, case when x < 810 then x end
            from generate_series(1, 1200) x
            """,
            """
            insert into task (batch_id, row_id, attempt, task_id, accepted_at, polls)
            select batch_id, id, 1, row_key, current_timestamp, 0 from batch_row where attempts = 1
            """,
            """
            insert into attempt (row_id, number, round, intended_at, origin, account)
            select id, 1, 1, current_timestamp, '', '' from batch_row where attempts = 1
            """,
            "insert into video (batch_id, task) select 1, task from batch_row where task is not null",
            """
            insert into input_line (input_id, position, cells, row_id)
            select 1, (id + 100) * 1000, '[]', id from batch_row
            """,
            "analyze")) {
      world.sql().execute(statement);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingThatIsAskedAgainAndAgainReadsAWholeTable() throws SQLException {
    world.faults.statements.clear();
    world.accept("a", "task_a");
    world.ledger.openTasks(800, 10);
    world.ledger.beforeOpenTasks();
    world.batches.hasReadyRows(world.batch);
    new Videos(world.database, InstantSource.fixed(LedgerWorld.NOW), world.batch).after(700, 10);
    new KindHistories(world.database.jdbc(), world.batch).read(Map.of());
    world.succeed("a");
    world.ledger.record(world.send("b"), LedgerWorld.deferred());
    world.accept("b", "task_b");
    world.fail("b");
    List<String> asked = List.copyOf(world.faults.statements);

    List<String> scans = new ArrayList<>();
    // Else the driver would send the values, too.
    String simply = TestLedger.url(world.home) + "&preferQueryMode=simple";
    try (Connection connection = DriverManager.getConnection(simply)) {
      JdbcTemplate sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      sql.execute("set enable_seqscan = off"); // what is read that way all the same has no index
      for (String statement : asked) {
        String plan = String.join("\n", sql.queryForList(explain(statement), String.class));
        if (plan.matches("(?s).*Seq Scan on (batch_row|task|input_line|attempt|video)\\b.*")) {
          scans.add(statement + "\n" + plan);
        }
      }
    }

    assertThat(asked).hasSizeGreaterThan(12);
    assertThat(scans).isEmpty();
  }

  /** The plan for whatever values. */
  private static String explain(String statement) {
    int[] values = {0};
    return "explain (generic_plan) "
        + Pattern.compile("[?]").matcher(statement).replaceAll(found -> "\\$" + ++values[0]);
  }
}
