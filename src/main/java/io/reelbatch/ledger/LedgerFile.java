package io.reelbatch.ledger;

import io.reelbatch.model.DiskException;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The file of H2 that a home keeps its ledger in.
 *
 * <p>H2 commits each change of a table by itself, so a migration that is killed half-way leaves a
 * ledger that is of no version and takes no migration any more. It is therefore made in a file of
 * its own, for an older ledger from a copy of it, which then takes its place in one step.
 *
 * <p>All migrations of a new ledger take a third of the program's start. Where the installation
 * keeps an empty one, that is copied.
 */
public final class LedgerFile {

  private static final Logger log = LoggerFactory.getLogger(LedgerFile.class);
  private static final String USER = "sa";

  static {
    // H2 would look up each value among those that it has seen: here each is a text of its own.
    System.setProperty("h2.objectCache", "false");
  }

  /** Where an empty ledger lies or is to be left; set by the start script. */
  private static final String EMPTY = "io.reelbatch.empty-ledger";

  private final Path folder;
  private final @Nullable Path empty;

  /** The ledger in a folder; whoever uses it holds the lock of that folder. */
  public LedgerFile(Path folder) {
    this(
        folder,
        System.getProperty(EMPTY, "").isEmpty() ? null : Path.of(System.getProperty(EMPTY)));
  }

  /** Copies a new one from an empty one; leaves one where there is none. */
  LedgerFile(Path folder, @Nullable Path empty) {
    this.folder = folder;
    this.empty = empty;
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(file("ledger"));
  }

  /** Copies the ledger, which nobody has open, into another folder. */
  public void copyTo(Path other) throws IOException {
    Files.copy(file("ledger"), new LedgerFile(other).file("ledger"));
  }

  /** How the ledger is opened, always: what H2 commits is in the file before it says so. */
  public String url() {
    return url("ledger");
  }

  /** Who opens it, without a password: the file is its user's alone. */
  public String user() {
    return USER;
  }

  /**
   * Opens the ledger at its newest version, making it if there is none. It stays open at least as
   * long as the connection. Blocks; nothing is logged.
   *
   * @throws NewerLedgerException if a newer version of the program made it
   * @throws UncheckedIOException if it cannot be copied or moved; it is as it was
   */
  public Connection open() throws SQLException {
    if (exists()) {
      Connection connection = connect("ledger");
      if (isCurrent(connection)) {
        return connection;
      }
    }
    try {
      renew();
    } catch (IOException e) {
      throw new DiskException(
          Message.of(
              "the ledger in {0} could not be brought to the newest version: {1}. It is as it was, and"
                  + " nothing was sent. See that the disk has room for another {2} and run the same"
                  + " command again",
              folder, DiskTrouble.words(e), file("ledger")),
          e);
    }
    return connect("ledger");
  }

  private boolean isCurrent(Connection connection) throws SQLException {
    boolean current = false;
    try {
      current = LedgerSchema.isCurrent(connection);
      if (current) {
        LedgerIndexes.ensure(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
      }
      return current;
    } finally {
      if (!current) {
        connection.close();
      }
    }
  }

  @SuppressWarnings("try") // held, not used: else H2 would open the file for each connection
  private void renew() throws IOException, SQLException {
    Files.deleteIfExists(file("ledger.new"));
    boolean isNew = !exists();
    if (!isNew) {
      Files.copy(file("ledger"), file("ledger.new"));
    } else if (empty != null && Files.isReadable(empty)) {
      Files.copy(empty, file("ledger.new"));
    }
    try (Connection held = connect("ledger.new")) {
      if (!LedgerSchema.isCurrent(held)) {
        LedgerSchema.migrate(new DriverManagerDataSource(url("ledger.new"), USER, ""));
      }
    }
    if (isNew) {
      leaveEmptyOne();
    }
    // Were the move lost in a power cut after paid requests, the ledger from before them came back.
    sync(file("ledger.new"), StandardOpenOption.WRITE);
    Files.move(file("ledger.new"), file("ledger"), StandardCopyOption.ATOMIC_MOVE);
    sync(folder, StandardOpenOption.READ);
  }

  private void leaveEmptyOne() {
    try {
      if (empty != null && Files.notExists(empty)) {
        Files.copy(file("ledger.new"), empty);
      }
    } catch (IOException e) {
      log.debug("an empty ledger could not be left, so the next new one takes as long", e);
    }
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  private Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name), USER, "");
  }

  private String url(String name) {
    return "jdbc:h2:file:"
        + folder.toAbsolutePath().resolve(name)
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private Path file(String name) {
    return folder.resolve(name + ".mv.db");
  }
}
