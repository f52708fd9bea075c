package io.reelbatch.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A database of a PostgreSQL server that keeps the ledger of several homes, on as many machines.
 * Nothing of PostgreSQL is loaded unless there is one.
 */
public final class LedgerServer implements LedgerPlace {

  private static final String SCHEME = "jdbc:postgresql:";
  private static final Pattern PLACE = Pattern.compile("jdbc:postgresql:(?://([^/?]*)/)?([^?]*).*");

  private final String url;
  private final @Nullable String user;
  private final @Nullable String password;

  /** The database that JDBC finds at this address, which may name user and password itself. */
  public LedgerServer(String url, @Nullable String user, @Nullable String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** Whether the address is one of PostgreSQL. */
  public static boolean isAt(String url) {
    return url.startsWith(SCHEME);
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public @Nullable String user() {
    return user;
  }

  @Override
  public @Nullable String password() {
    return password;
  }

  /** Server and database, for people: without user and password. */
  public String place() {
    Matcher place = PLACE.matcher(url);
    if (!place.matches()) {
      return "PostgreSQL";
    }
    String server = place.group(1) == null ? "localhost" : place.group(1).replaceAll(".*@", "");
    return server + "/" + place.group(2);
  }

  /** What each connection is opened with, unless the address says otherwise. */
  public Properties properties() {
    Properties properties = new Properties();
    // A machine that is gone must not hold its connection for hours.
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "reelbatch");
    return properties;
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = connect();
    boolean opened = false;
    try {
      if (!LedgerSchema.isCurrent(connection)) {
        LedgerSchema.migrate(source());
      }
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /** A connection of its own, outside of every pool. */
  Connection connect() throws SQLException {
    Properties all = properties();
    if (user != null) {
      all.setProperty("user", user);
    }
    if (password != null) {
      all.setProperty("password", password);
    }
    return DriverManager.getConnection(url, all);
  }

  private AbstractDriverBasedDataSource source() {
    AbstractDriverBasedDataSource source = new DriverManagerDataSource(url);
    source.setUsername(user);
    source.setPassword(password);
    source.setConnectionProperties(properties());
    return source;
  }

  /**
   * What tells this ledger from all others, wherever its server is found; given once, to an open
   * ledger. Blocks.
   */
  public static UUID name(Connection ledger) {
    JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(ledger, true));
    jdbc.update("update ledger set name = ? where name is null", UUID.randomUUID().toString());
    return UUID.fromString(
        String.valueOf(jdbc.queryForObject("select name from ledger", String.class)));
  }
}
