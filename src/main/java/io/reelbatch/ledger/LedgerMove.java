package io.reelbatch.ledger;

import io.reelbatch.model.Message;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings all that a ledger's file knows to an empty ledger of a server, in one transaction: either
 * all of it is there, or nothing. The file is only read. Whoever calls holds the lock of the home.
 */
public final class LedgerMove {

  private static final int PAGE = 1000;

  /** What each database keeps for itself. */
  private static final Set<String> OWN = Set.of("flyway_schema_history", "ledger", "moved_ledger");

  /** Filled by the migrations themselves. */
  private static final String NUMBERS = "row_number";

  /** Spring Batch's, each with the numbers that it has given. */
  private static final Map<String, String> SEQUENCES =
      Map.of(
          "batch_job_instance_seq", "job_instance_id from batch_job_instance",
          "batch_job_execution_seq", "job_execution_id from batch_job_execution",
          "batch_step_execution_seq", "step_execution_id from batch_step_execution");

  private final Connection file;
  private final Connection server;
  private final String home;

  /**
   * A move between two open ledgers of the newest version.
   *
   * @param home the home whose file it is, as no other is named
   */
  public LedgerMove(Connection file, Connection server, String home) {
    this.file = file;
    this.server = server;
    this.home = home;
  }

  /** Whether the server has it already, whole. */
  public boolean isDone() throws SQLException {
    try (PreparedStatement sql =
        server.prepareStatement("select home from moved_ledger where home = ?")) {
      sql.setString(1, home);
      try (ResultSet row = sql.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Whether a batch was ever begun on the server: its numbers and names could be ours. */
  public boolean isServerUsed() throws SQLException {
    return number(server, "select count(*) from batch") > 0;
  }

  /**
   * Copies all tables and compares what came with what was sent. Nothing is committed yet. Blocks;
   * nobody else can begin a batch on the server meanwhile.
   *
   * @throws LedgerException if the server is used by now, or what came is not what was sent: {@link
   *     #undo} then
   */
  public Moved copy() throws SQLException {
    server.setAutoCommit(false);
    execute(server, "lock table batch in access exclusive mode");
    execute(file, "set lazy_query_execution 1"); // else it is all written to a file first
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String table : tables()) {
      if (table.equals(NUMBERS)) {
        execute(server, "delete from " + table);
      }
      if (number(server, "select count(*) from " + table) > 0) {
        throw new LedgerException(Message.of("the server's ledger is no longer empty: {0}", table));
      }
      rows.put(table, copy(table));
    }
    raiseNumbers();
    try (PreparedStatement sql =
        server.prepareStatement(
            "insert into moved_ledger (home, moved_at) values (?, current_timestamp)")) {
      sql.setString(1, home);
      sql.executeUpdate();
    }
    compare(rows.keySet());
    return new Moved(
        rows.getOrDefault("batch", 0L),
        rows.getOrDefault("batch_row", 0L),
        rows.getOrDefault("attempt", 0L),
        rows.getOrDefault("task", 0L));
  }

  /** From here on the server's ledger is the one that counts. */
  public void commit() throws SQLException {
    server.commit();
    server.setAutoCommit(true);
  }

  /** The server is as it was before {@link #copy}. */
  public void undo() throws SQLException {
    server.rollback();
    server.setAutoCommit(true);
  }

  /** All that is copied, each after those that it refers to. */
  private Set<String> tables() throws SQLException {
    DatabaseMetaData meta = file.getMetaData();
    Map<String, Set<String>> needs = new TreeMap<>();
    try (ResultSet tables = meta.getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        if (!OWN.contains(lower(name))) {
          needs.put(lower(name), referred(meta, name));
        }
      }
    }
    Set<String> sorted = new LinkedHashSet<>();
    while (sorted.size() < needs.size()) {
      int before = sorted.size();
      needs.forEach(
          (table, others) -> {
            if (sorted.containsAll(others)) {
              sorted.add(table);
            }
          });
      if (sorted.size() == before) {
        throw new IllegalStateException("tables refer to each other in a circle: " + needs);
      }
    }
    return sorted;
  }

  private static Set<String> referred(DatabaseMetaData meta, String table) throws SQLException {
    Set<String> referred = new TreeSet<>();
    try (ResultSet keys = meta.getImportedKeys(null, "PUBLIC", table)) {
      while (keys.next()) {
        referred.add(lower(keys.getString("PKTABLE_NAME")));
      }
    }
    return referred;
  }

  private long copy(String table) throws SQLException {
    try (Statement read = file.createStatement();
        ResultSet rows = read.executeQuery("select * from " + table);
        PreparedStatement write =
            server.prepareStatement(insert(table, columns(rows.getMetaData())))) {
      ResultSetMetaData meta = rows.getMetaData();
      long copied = 0;
      while (rows.next()) {
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          write.setObject(i, value(rows, i, meta.getColumnType(i)));
        }
        write.addBatch();
        if (++copied % PAGE == 0) {
          write.executeBatch();
        }
      }
      write.executeBatch();
      return copied;
    }
  }

  private static List<String> columns(ResultSetMetaData meta) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(lower(meta.getColumnName(i)));
    }
    return columns;
  }

  private static String insert(String table, List<String> columns) {
    return "insert into %s (%s) values (%s)"
        .formatted(
            table,
            String.join(", ", columns),
            String.join(", ", columns.stream().map(column -> "?").toList()));
  }

  private static @Nullable Object value(ResultSet rows, int i, int type) throws SQLException {
    return switch (type) {
      case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(i, OffsetDateTime.class);
      case Types.TIMESTAMP -> rows.getObject(i, LocalDateTime.class);
      case Types.CLOB -> rows.getString(i);
      default -> rows.getObject(i);
    };
  }

  /** New rows get numbers above all that came. */
  private void raiseNumbers() throws SQLException {
    List<String> statements = new ArrayList<>();
    try (Statement read = server.createStatement();
        ResultSet columns =
            read.executeQuery(
                """
                select table_name, column_name from information_schema.columns
                where table_schema = current_schema() and is_identity = 'YES'
                """)) {
      while (columns.next()) {
        statements.add(
            "select setval(pg_get_serial_sequence('%1$s', '%2$s'), coalesce(max(%2$s), 0) + 1, false) from %1$s"
                .formatted(columns.getString(1), columns.getString(2)));
      }
    }
    SEQUENCES.forEach(
        (sequence, given) -> {
          String[] column = given.split(" ", 2);
          statements.add(
              "select setval('%s', coalesce(max(%s), 0) + 1, false) %s"
                  .formatted(sequence, column[0], column[1]));
        });
    for (String statement : statements) {
      execute(server, statement);
    }
  }

  private void compare(Set<String> tables) throws SQLException {
    for (String table : tables) {
      same(table, "select '', count(*), 0, 0 from " + table);
    }
    same(
        "attempt",
        """
        select coalesce(currency, '-'), count(*), sum(amount), sum(charged)
        from attempt group by currency
        """);
    same(
        "spending",
        """
        select concat(batch_id, ' ', period, ' ', currency), sends, amount, 0 from spending
        """);
    same("batch_row", "select state, count(*), sum(id), sum(task) from batch_row group by state");
  }

  private void same(String what, String query) throws SQLException {
    Map<String, List<BigDecimal>> sent = sums(file, query);
    Map<String, List<BigDecimal>> came = sums(server, query);
    if (!sent.equals(came)) {
      throw new LedgerException(
          Message.of(
              "what came to the server is not what was sent ({0}): {1}, not {2}",
              what, came, sent));
    }
  }

  private static Map<String, List<BigDecimal>> sums(Connection database, String query)
      throws SQLException {
    Map<String, List<BigDecimal>> sums = new TreeMap<>();
    try (Statement sql = database.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        List<BigDecimal> values = new ArrayList<>();
        for (int i = 2; i <= 4; i++) {
          BigDecimal value = rows.getBigDecimal(i);
          values.add(value == null ? BigDecimal.ZERO : value.stripTrailingZeros());
        }
        sums.put(rows.getString(1), values);
      }
    }
    return sums;
  }

  private static long number(Connection database, String query) throws SQLException {
    try (Statement sql = database.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Connection database, String statement) throws SQLException {
    try (Statement sql = database.createStatement()) {
      sql.execute(statement);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
