package io.reelbatch.worlds;

import io.reelbatch.ledger.KindsOfOlderRows;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.SpringBatchSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What worlds need and can use one after the other: a database in memory, threads, a folder. Each
 * world finds it empty.
 */
final class Machine implements AutoCloseable {

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final List<String> TABLES =
      List.of(
          "settlement",
          "task",
          "attempt",
          "staged_order",
          "input_line",
          "batch_row",
          "input",
          "spending",
          "video",
          "learned_limit",
          "batch");

  final ShakyDatabase shaky;
  final LedgerDatabase database;

  /** The same database for those who only look: nobody is in between. */
  final JdbcTemplate sql;

  final LedgerDatabase calmDatabase;
  final ExecutorService threads;
  final Folder folder;
  private final JdbcConnectionPool pool;
  private final Path root;

  Machine() {
    this.pool =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:worlds" + NUMBERS.incrementAndGet() + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "sa",
            "");
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration/common")
        .javaMigrations(new SpringBatchSchema(), new KindsOfOlderRows())
        .load()
        .migrate();
    this.shaky = new ShakyDatabase(pool);
    this.database = new LedgerDatabase(shaky, LedgerDatabase.DiskSync.ON);
    this.calmDatabase = new LedgerDatabase(pool, LedgerDatabase.DiskSync.OFF);
    this.sql = new JdbcTemplate(pool);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "world");
              thread.setDaemon(true);
              return thread;
            });
    this.root = temporary();
    this.folder = new Folder(root);
  }

  // In memory where there is such a place: the report's files are synced to the disk.
  private static Path temporary() {
    try {
      Path memory = Path.of("/dev/shm");
      return Files.isDirectory(memory) && Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "worlds")
          : Files.createTempDirectory("worlds");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets the last world. */
  void clear() {
    shaky.between((point, sql) -> {});
    // Not truncated: after a change to the schema H2 would parse every statement anew.
    for (String table : TABLES) {
      sql.update("delete from " + table);
    }
    folder.clear();
  }

  @Override
  public void close() {
    threads.shutdown();
    sql.execute("shutdown immediately");
    pool.dispose();
    folder.clear();
    try (Stream<Path> left = Files.list(root)) {
      left.forEach(Folder::delete);
      Files.deleteIfExists(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
