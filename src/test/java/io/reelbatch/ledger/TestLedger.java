package io.reelbatch.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The empty ledger of a test's home: a file of H2 in it or, with {@code -Dledger.on=postgresql}, a
 * database of a real server.
 */
public final class TestLedger implements AutoCloseable {

  private final DataSource source;
  private final Runnable end;

  private TestLedger(DataSource source, Runnable end) {
    this.source = source;
    this.end = end;
  }

  /** Whether tests are to be played on a server. */
  public static boolean isOnServer() {
    return "postgresql".equals(System.getProperty("ledger.on"));
  }

  /** Opens that of the home, which is made at the first call. */
  public static TestLedger of(Path home) {
    if (isOnServer()) {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(url(home));
      pool.setMinimumIdle(1);
      return new TestLedger(pool, pool::close);
    }
    EmptyLedger.into(home);
    JdbcConnectionPool pool = JdbcConnectionPool.create(url(home), "sa", "");
    return new TestLedger(pool, pool::dispose);
  }

  /** What the program is to be told of the home's ledger: nothing of a file. */
  public static Map<String, String> settings(Path home) {
    return isOnServer() ? Map.of("spring.datasource.url", url(home)) : Map.of();
  }

  /** With the user in it, where there is one to be named. */
  public static String url(Path home) {
    if (!isOnServer()) {
      return file(home.resolve("ledger"));
    }
    try {
      Path note = home.resolveSibling(home.getFileName() + ".database");
      if (!Files.exists(note)) {
        Files.writeString(note, PostgresServer.shared().ledger());
      }
      return Files.readString(note);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of H2, whatever the tests are played on; its user is {@code sa}. */
  public static String file(Path file) {
    return "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  public DataSource source() {
    return source;
  }

  @Override
  public void close() {
    end.run();
  }
}
