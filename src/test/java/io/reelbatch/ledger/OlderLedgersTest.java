package io.reelbatch.ledger;

import static io.reelbatch.ledger.LedgerWorld.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Caps;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.Money;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Terms;
import io.reelbatch.model.WrittenOrder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A ledger of any version that there ever was becomes one of today, with all that was paid. */
class OlderLedgersTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final String PAID = "1.25";

  /** States whose one request is charged, or may be. */
  private static final List<RowState> CHARGED =
      List.of(
          RowState.SENDING,
          RowState.ACCEPTED,
          RowState.SUCCEEDED,
          RowState.FAILED,
          RowState.LOST,
          RowState.IN_DOUBT,
          RowState.WRITTEN_OFF);

  /** The same file in all versions: a row for each state but those that stand in no file. */
  private static final Csv FILE =
      Csv.of()
          .createOf("PLANNED", "m", 15)
          .createOf("SENDING", "m", 15)
          .createOf("ACCEPTED", "m", 15)
          .createOf("SUCCEEDED", "m", 15)
          .createOf("FAILED", "m", 15)
          .createOf("LOST", "m", 15)
          .createOf("REFUSED", "m", 15)
          .createOf("IN_DOUBT", "m", 15)
          .createOf("WRITTEN_OFF", "m", 15)
          .remix("SKIPPED", "FAILED");

  @TempDir Path folder;

  static Stream<String> versions() {
    return Arrays.stream(
            LedgerSchema.flyway(new DriverManagerDataSource("jdbc:h2:mem:versions", "sa", ""))
                .info()
                .all())
        .map(migration -> String.valueOf(migration.getVersion()));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void inH2(String version) throws SQLException {
    DataSource source =
        new DriverManagerDataSource(
            new LedgerFile(folder).url(), new LedgerFile(folder).user(), "");
    begun(source, version);

    new LedgerFile(folder).open().close();

    proved(source, version);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void inPostgreSql(String version) throws SQLException {
    DataSource source = PostgresServer.source(PostgresServer.shared().emptyDatabase());
    begun(source, version);

    LedgerSchema.migrate(source);

    proved(source, version);
  }

  @Test
  void bothHaveTheSameIndexes() throws SQLException {
    new LedgerFile(folder).open().close();
    DataSource h2 =
        new DriverManagerDataSource(
            new LedgerFile(folder).url(), new LedgerFile(folder).user(), "");
    DataSource postgres = PostgresServer.source(PostgresServer.shared().ledger());

    Map<String, String> indexes =
        indexes(
            postgres,
            "select indexname from pg_indexes where indexname not in (select conname from pg_constraint)");

    assertThat(indexes).containsKeys("row_to_send", "row_by_key", "task_of_row", "step_of_run");
    assertThat(indexes.get("row_to_send")).contains("batch_row.kind, batch_row.height desc, ");
    assertThat(
            indexes(h2, "select index_name from information_schema.indexes where not is_generated"))
        .isEqualTo(indexes);
  }

  /** Each with its columns, of those that the migrations have made by name. */
  private static Map<String, String> indexes(DataSource source, String ours) throws SQLException {
    List<String> names =
        new JdbcTemplate(source)
            .queryForList(ours, String.class).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    Map<String, String> found = new TreeMap<>();
    try (Connection connection = source.getConnection()) {
      DatabaseMetaData meta = connection.getMetaData();
      try (ResultSet tables =
          meta.getTables(
              null, connection.getSchema(), null, new String[] {"TABLE", "BASE TABLE"})) {
        while (tables.next()) {
          String table = tables.getString("TABLE_NAME");
          try (ResultSet index =
              meta.getIndexInfo(null, connection.getSchema(), table, false, true)) {
            while (index.next()) {
              String name = index.getString("INDEX_NAME");
              if (name != null
                  && names.contains(name.toLowerCase(Locale.ROOT))
                  && !table.equals("flyway_schema_history")) {
                found.merge(
                    name.toLowerCase(Locale.ROOT),
                    (index.getBoolean("NON_UNIQUE") ? "" : "unique ") + column(index),
                    (before, next) -> before + ", " + column(index));
              }
            }
          }
        }
      }
    }
    return found;
  }

  private static String column(ResultSet index) {
    try {
      return index.getString("TABLE_NAME").toLowerCase(Locale.ROOT)
          + "."
          + index.getString("COLUMN_NAME").toLowerCase(Locale.ROOT)
          + ("D".equals(index.getString("ASC_OR_DESC")) ? " desc" : "");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As the program of that version left it. */
  private static void begun(DataSource source, String version) {
    Flyway.configure()
        .configuration(LedgerSchema.flyway(source).getConfiguration())
        .target(version)
        .load()
        .migrate();
    Older older = new Older(source);
    older.put(
        "batch_job_instance",
        values("job_instance_id", 1L, "version", 0L, "job_name", "reelbatch", "job_key", "key"));
    if (version.equals("1")) {
      return;
    }
    older.put(
        "batch",
        values(
            "name",
            "shots",
            "identity_version",
            1,
            "origin",
            "https://gateway.test",
            "account",
            "main",
            "round",
            1,
            "created_at",
            Columns.utc(NOW),
            "active_input",
            1L));
    older.put(
        "input",
        values(
            "batch_id",
            1L,
            "digest",
            "d",
            "admission",
            "a",
            "file",
            "shots.csv",
            "column_names",
            "[\"id\",\"prompt\"]",
            "line_count",
            10L,
            "staged_at",
            Columns.utc(NOW),
            "activated_at",
            Columns.utc(NOW)));
    long id = 0;
    for (InputLine line : FILE.lines()) {
      older.row(line, ++id);
    }
    older.put(
        "batch_row",
        values(
            "id",
            ++id,
            "batch_id",
            1L,
            "row_key",
            "gone",
            "content",
            "c",
            "occurrence",
            1,
            "order_json",
            "{\"operation\":\"create\",\"model\":\"m\",\"prompt\":\"p\",\"fields\":{}}",
            "kind",
            "create m",
            "state",
            "WITHDRAWN",
            "version",
            1,
            "attempts",
            0));
    String charged = new BigDecimal(PAID).multiply(BigDecimal.valueOf(CHARGED.size())).toString();
    for (String period : List.of("all", "2026-11-20", "2026-11")) {
      older.put(
          "spending",
          values(
              "batch_id",
              1L,
              "period",
              period,
              "currency",
              "USD",
              "amount",
              new BigDecimal(charged),
              "sends",
              (long) CHARGED.size()));
    }
    if (older.has("row_number")) {
      older.sql.update("update row_number set next_id = 1001");
    }
  }

  private static void proved(DataSource source, String version) throws SQLException {
    JdbcTemplate sql = new JdbcTemplate(source);
    try (Connection connection = source.getConnection()) {
      assertThat(LedgerSchema.isCurrent(connection)).isTrue();
    }
    assertThat(sql.queryForObject("select count(*) from batch_job_instance", Integer.class))
        .isEqualTo(1);
    if (version.equals("1")) {
      return;
    }
    LedgerDatabase database = new LedgerDatabase(source, LedgerDatabase.DiskSync.ON);
    Batches batches = new Batches(database, InstantSource.fixed(NOW));
    BatchRecord batch = batches.find(new BatchName("shots")).orElseThrow();
    assertThat(batches.attempts()).isEqualTo(CHARGED.size() + 1);
    statesAreTheirs(sql, 11);

    // What was not priced then is priced now; what was keeps its price.
    RescueFile none = new RescueFile(Path.of("/none"));
    try (Ledger ledger =
        new Ledger(database, InstantSource.fixed(NOW), batch, 1, terms(), none, () -> {})) {
      assertThat(batches.committed(batch)).containsExactly(new Money(new BigDecimal("8.75"), USD));
      assertThat(batches.spent(batch))
          .singleElement()
          .satisfies(
              spent ->
                  assertThat(spent.charged().amount().add(spent.open().amount()))
                      .isEqualByComparingTo("8.75"));
      assertThat(ledger.planned(10))
          .extracting(row -> row.key().value())
          .containsExactly("PLANNED");
      assertThat(ledger.openTasks(0, 100).tasks())
          .extracting(task -> task.task().value())
          .containsExactly("task-ACCEPTED");
    }
    assertThat(new Videos(database, InstantSource.fixed(NOW), batch).after(0, 10).videos())
        .hasSize(1);

    // The same file finds all of its rows, and what is new gets a number that no row has.
    reload(database, batch, Csv.of(FILE.lines()).create("new", "something new"));

    statesAreTheirs(sql, 12);
    assertThat(
            new InputLines(database, batches.activeInput(batch).orElseThrow())
                .after(0, 100).stream().limit(10).map(line -> line.state().name()))
        .containsExactlyElementsOf(
            FILE.lines().stream().map(line -> Objects.requireNonNull(line.order()).id()).toList());
  }

  private static void statesAreTheirs(JdbcTemplate sql, int rows) {
    assertThat(
            sql.queryForList(
                "select state from batch_row where state = row_key or row_key in ('gone', 'new')",
                String.class))
        .hasSize(rows);
    assertThat(
            sql.queryForObject(
                "select count(*) from batch_row where kind not in ('create m', 'remix')",
                Integer.class))
        .isZero();
  }

  private static void reload(LedgerDatabase database, BatchRecord batch, Csv csv) {
    Staging staging = new Staging(database, InstantSource.fixed(NOW), batch);
    StagedInput input = staging.begin("d2", "a", "shots.csv", List.of("id", "prompt"));
    staging.add(input, csv.lines());
    assertThat(
            new StagedCheck(database, batch, LedgerWorld.CATALOGUE, LocalDate.EPOCH).errors(input))
        .isEmpty();
    new Activation(database, InstantSource.fixed(NOW), batch).activate(input);
  }

  private static Terms terms() {
    return new Terms(
        new Prices(USD, List.of(new PriceRule(null, null, null, null, new BigDecimal(PAID)))),
        new Caps(new Money(new BigDecimal("100"), USD), null, null, null),
        Terms.FailedTasks.CHARGED);
  }

  private static Map<String, @Nullable Object> values(@Nullable Object... pairs) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return values;
  }

  /** Writes as far as a version has tables and columns for it. */
  private record Older(JdbcTemplate sql, Map<String, List<String>> columns) {

    Older(DataSource source) {
      this(new JdbcTemplate(source), new TreeMap<>());
      sql.query(
          "select lower(table_name) as t, lower(column_name) as c from information_schema.columns",
          row -> {
            columns
                .computeIfAbsent(row.getString("t"), table -> new java.util.ArrayList<>())
                .add(row.getString("c"));
          });
    }

    boolean has(String table) {
      return columns.containsKey(table);
    }

    void put(String table, Map<String, @Nullable Object> values) {
      if (!has(table)) {
        return;
      }
      Map<String, @Nullable Object> known = new LinkedHashMap<>(values);
      known.keySet().retainAll(columns.get(table));
      sql.update(
          "insert into %s (%s) values (%s)"
              .formatted(
                  table,
                  String.join(", ", known.keySet()),
                  String.join(", ", known.keySet().stream().map(column -> "?").toList())),
          known.values().toArray());
    }

    /** A row in the state that it is named after. */
    void row(InputLine line, long id) {
      WrittenOrder order = Objects.requireNonNull(line.order());
      RowState state = RowState.valueOf(Objects.requireNonNull(order.id()));
      boolean sent = CHARGED.contains(state) || state == RowState.REFUSED;
      Long source = state == RowState.SKIPPED ? 5L : null;
      put(
          "batch_row",
          values(
              "id",
              id,
              "batch_id",
              1L,
              "row_key",
              state.name(),
              "external_id",
              state.name(),
              "content",
              order.content().value(),
              "occurrence",
              1,
              "order_json",
              OrderJson.write(order.order()),
              "kind",
              state == RowState.SKIPPED ? "remix" : "create m",
              "source_row",
              source,
              "waits_for",
              source,
              "skipped_for",
              source,
              "state",
              state.name(),
              "version",
              1,
              "attempts",
              sent ? 1 : 0));
      put(
          "input_line",
          values(
              "input_id",
              1L,
              "line",
              line.number(),
              "position",
              line.number() * 1000,
              "cells",
              "[\"a\",\"b\"]",
              "row_id",
              id));
      if (sent) {
        attempt(id, state);
      }
    }

    private void attempt(long id, RowState state) {
      boolean counted = has("spending"); // before that nobody knew a price
      String outcome =
          switch (state) {
            case SENDING -> null;
            case REFUSED -> "REFUSED";
            case IN_DOUBT, WRITTEN_OFF -> "IN_DOUBT";
            default -> "ACCEPTED";
          };
      put(
          "attempt",
          values(
              "row_id",
              id,
              "number",
              1,
              "round",
              1,
              "intended_at",
              Columns.utc(NOW),
              "origin",
              "https://gateway.test",
              "account",
              "main",
              "amount",
              counted ? new BigDecimal(PAID) : null,
              "currency",
              counted ? "USD" : null,
              "charged",
              state == RowState.REFUSED
                  ? BigDecimal.ZERO
                  : counted && "ACCEPTED".equals(outcome) ? new BigDecimal(PAID) : null,
              "outcome",
              outcome));
      if ("ACCEPTED".equals(outcome)) {
        put(
            "task",
            values(
                "row_id",
                id,
                "batch_id",
                1L,
                "attempt",
                1,
                "task_id",
                "task-" + state,
                "accepted_at",
                Columns.utc(NOW),
                "polls",
                1));
        sql.update("update batch_row set task = (select max(id) from task) where id = ?", id);
      }
      if (state == RowState.SUCCEEDED) {
        Long task = sql.queryForObject("select max(id) from task", Long.class);
        put("video", values("batch_id", 1L, "task", task));
      } else if (state == RowState.WRITTEN_OFF) {
        put(
            "settlement",
            values(
                "row_id",
                id,
                "attempt",
                1,
                "action",
                "written off",
                "operator",
                "me",
                "decided_at",
                Columns.utc(NOW)));
      }
    }
  }
}
