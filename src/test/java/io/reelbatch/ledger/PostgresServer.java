package io.reelbatch.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL that hands out databases, each to a test of its own. It writes to the disk as
 * it promises to: nothing about its commits is relaxed for the tests.
 */
public final class PostgresServer implements AutoCloseable {

  /** Owns the databases, and may do nothing else. */
  public static final String USER = "reelbatch";

  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
  private static final String MIGRATED = "migrated";
  private static @Nullable PostgresServer shared;

  private final Path folder;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();
  private EmbeddedPostgres server;
  private boolean hasMigrated;

  private PostgresServer() {
    try {
      this.folder = Files.createTempDirectory("reelbatch-postgres");
      this.port = freePort();
      this.server = run(folder.resolve("data"), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute("create role " + USER + " login");
  }

  /** The one that all tests of this JVM share; it ends with the JVM. */
  public static synchronized PostgresServer shared() {
    PostgresServer server = shared;
    if (server == null) {
      server = start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-ends"));
      shared = server;
    }
    return server;
  }

  /** One of its own for a test that stops it. */
  public static PostgresServer start() {
    return new PostgresServer();
  }

  /** Makes an empty database; what to connect to it with, user included. */
  public String emptyDatabase() {
    return database("template1");
  }

  /** Makes a database with the tables of a ledger, without the time that migrations take. */
  public synchronized String ledger() {
    if (!hasMigrated) {
      execute("create database " + MIGRATED + " owner " + USER);
      LedgerSchema.migrate(source(url(MIGRATED)));
      hasMigrated = true;
    }
    return database(MIGRATED);
  }

  private String database(String template) {
    String name = "ledger_" + databases.incrementAndGet();
    execute("create database %s owner %s template %s".formatted(name, USER, template));
    return url(name);
  }

  /** One connection for each use of a database. */
  public static DataSource source(String url) {
    return new DriverManagerDataSource(url);
  }

  /** Does something as the one who may do everything. */
  public void execute(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Stops it under all who are connected. */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, where it was and with what it had. */
  public void startAgain() {
    try {
      server = run(folder.resolve("data"), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database + "?user=" + USER;
  }

  private static EmbeddedPostgres run(Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false) // else it could not be started again
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("shared_buffers", "64MB")
        .setPGStartupWait(Duration.ofMinutes(2))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Ends it and deletes all that it had. */
  @Override
  public void close() {
    stop();
    awaitEnd();
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // When the JVM ends the library stops it, too, at the same time and in a thread of its own: it
  // would wait for a server whose files are gone.
  private void awaitEnd() {
    Path running = folder.resolve("data").resolve("postmaster.pid");
    long began = System.nanoTime();
    while (Files.exists(running) && System.nanoTime() - began < LONGEST_STOP.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
