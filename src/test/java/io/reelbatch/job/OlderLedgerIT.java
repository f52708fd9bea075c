package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.SpringBatchSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A batch that was begun before rows had kinds and money was counted: the ledger is made by the
 * scripts of then, and its rows stand here as that program wrote them.
 */
class OlderLedgerIT {

  private static final String REST =
      "\"fields\":{\"images\":[],\"orientation\":\"portrait\",\"size\":\"large\",\"duration\":15,"
          + "\"watermark\":true,\"private\":false}}";

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void whatAnOlderVersionPaidForIsNeitherLostNorSentAgain() throws Exception {
    world.csv("prompt", "planned", "sending", "accepted", "in doubt");
    String task = post("accepted");
    olderLedger(task);

    RunResult result = world.run();

    assertThat(world.sentPrompts()).containsExactly("accepted", "planned");
    assertThat(world.reported("state"))
        .containsExactly("SUCCEEDED", "IN_DOUBT", "SUCCEEDED", "IN_DOUBT");
    assertThat(world.reported("task_id")).element(2).isEqualTo(task);
    assertThat(world.reported("error_code").get(1)).isEqualTo("run_died");
    assertThat(result.ending()).isEqualTo(Ending.IN_DOUBT);
    assertThat(result.doubts()).isEqualTo(2);
    assertThat(one("select count(*) from batch_row where kind <> 'create sora-2-pro large'"))
        .isEqualTo("0");

    world.csv("prompt", "in doubt", "accepted", "sending", "planned", "new");
    world.run();
    assertThat(world.sentPrompts()).containsExactly("accepted", "planned", "new");
  }

  @Test
  void theCapCountsWhatAnOlderVersionSent() throws Exception {
    world.csv("prompt", "planned", "sending", "accepted", "in doubt");
    olderLedger(post("accepted"));

    RunResult result = world.with("reelbatch.budget.limit", "3").run();

    assertThat(result.ending()).isEqualTo(Ending.HALTED);
    assertThat(world.sentPrompts()).containsExactly("accepted");
  }

  private String post(String prompt) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(world.gateway.baseUrl() + "/v1/video/create"))
            .header("Authorization", "Bearer sk-simulator")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"model":"sora-2-pro","prompt":"%s","images":[],"orientation":"portrait",
                     "size":"large","duration":15,"watermark":true,"private":false}
                    """
                        .formatted(prompt)))
            .build();
    String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(answer).path("id").stringValue();
  }

  private void olderLedger(String task) throws IOException, SQLException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createFile(home.resolve("ledger.begun"));
    String url = new Home(home).ledger().url();
    Flyway.configure()
        .dataSource(url, "sa", "")
        .locations("classpath:db/migration/common")
        .javaMigrations(new SpringBatchSchema())
        .target("3")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement sql = connection.createStatement()) {
      sql.execute(
          """
          insert into batch (name, identity_version, origin, account, round, created_at)
          values ('shots', 1, '%s', 'default', 1, current_timestamp)
          """
              .formatted(world.gateway.baseUrl()));
      row(sql, 1, "577dadadd39cf46cc0e4", "planned", "PLANNED", 0);
      row(sql, 2, "dba66b2a370f07778d59", "sending", "SENDING", 1);
      row(sql, 3, "0949df5d27475010fcfc", "accepted", "ACCEPTED", 1);
      row(sql, 4, "8effb86916b16f1fc915", "in doubt", "IN_DOUBT", 1);
      sql.execute("alter table batch_row alter column id restart with 1001");
      for (int row = 2; row <= 4; row++) {
        sql.execute(
            """
            insert into attempt (row_id, number, round, intended_at, origin, account, outcome)
            values (%d, 1, 1, current_timestamp - interval '1' hour, '%s', 'default', %s)
            """
                .formatted(
                    row,
                    world.gateway.baseUrl(),
                    row == 2 ? "null" : row == 3 ? "'ACCEPTED'" : "'IN_DOUBT'"));
      }
      sql.execute(
          """
          insert into task (row_id, attempt, task_id, accepted_at, polls)
          values (3, 1, '%s', current_timestamp - interval '1' hour, 0)
          """
              .formatted(task));
      sql.execute("update batch_row set task = (select max(id) from task) where id = 3");
    }
  }

  private static void row(
      Statement sql, int id, String content, String prompt, String state, int attempts)
      throws SQLException {
    sql.execute(
        """
        insert into batch_row (id, batch_id, row_key, content, occurrence, order_json, state,
          version, attempts)
        values (%d, 1, '~%s.1', '%s', 1,
          '{"operation":"create","model":"sora-2-pro","prompt":"%s",%s', '%s', 0, %d)
        """
            .formatted(id, content, content, prompt, REST, state, attempts));
  }

  private String one(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(new Home(folder.resolve("home")).ledger().url(), "sa", "");
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
