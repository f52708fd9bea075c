package io.reelbatch.ledger;

import io.reelbatch.model.DiskException;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

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
public final class LedgerFile implements LedgerPlace {

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
  @Override
  public String url() {
    return url("ledger");
  }

  @Override
  public String user() {
    return USER;
  }

  /** None: the file is its user's alone. */
  @Override
  public String password() {
    return "";
  }

  /**
   * Opens the ledger at its newest version, making it if there is none. It stays open at least as
   * long as the connection. Blocks.
   *
   * @throws NewerLedgerException if a newer version of the program made it
   * @throws UncheckedIOException if it cannot be copied or moved; it is as it was
   */
  @Override
  public Connection open() throws SQLException {
    Connection current = openCurrent();
    if (current != null) {
      return current;
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

  /**
   * Opens the ledger if there is one at its newest version; null if not. Blocks; nothing is logged,
   * so that it can be done while logging is being set up.
   *
   * @throws NewerLedgerException if a newer version of the program made it
   */
  public @Nullable Connection openCurrent() throws SQLException {
    if (!exists()) {
      return null;
    }
    Connection connection = connect("ledger");
    boolean current = false;
    try {
      current = LedgerSchema.isCurrent(connection);
      if (current) {
        ensureIndexes(connection);
      }
      return current ? connection : null;
    } finally {
      if (!current) {
        connection.close();
      }
    }
  }

  /** How large its file is; 0 if there is none. */
  public long bytes() throws IOException {
    return exists() ? Files.size(file("ledger")) : 0;
  }

  /**
   * Gives the disk back the room that its file no longer needs. Nobody has it open. Blocks; takes
   * room for a second file meanwhile.
   *
   * @throws IOException if there is no such room; the file is as it was
   */
  public void shrink() throws IOException, SQLException {
    Files.deleteIfExists(file("ledger.new"));
    Files.copy(file("ledger"), file("ledger.new"));
    try (Connection copy = connect("ledger.new");
        Statement sql = copy.createStatement()) {
      sql.execute("shutdown compact");
    }
    replace();
  }

  /**
   * Takes it out of use, since all of it is elsewhere now; nobody has it open. It stays as {@code
   * ledger.moved.mv.db}.
   */
  public void retire() throws IOException {
    Path aside = file("ledger.moved");
    if (Files.exists(aside)) {
      throw new FileAlreadyExistsException(aside.toString());
    }
    Files.move(file("ledger"), aside, StandardCopyOption.ATOMIC_MOVE);
    sync(folder, StandardOpenOption.READ);
  }

  private static void ensureIndexes(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      for (String index : LedgerIndexes.ensuring()) {
        sql.execute(index);
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
    replace();
  }

  private void replace() throws IOException {
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
