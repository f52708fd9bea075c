package io.reelbatch.ledger;

import io.reelbatch.model.BatchName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That one process alone works on a batch of a server: an advisory lock, held by a connection of
 * its own. It is free as soon as its holder is gone, so it proves that an execution left STARTED is
 * dead. Thread-safe.
 *
 * <p>Who has lost it unknowingly can still pay for nothing: each intent looks at {@code
 * batch.epoch}, which the next one has raised.
 */
public final class BatchLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BatchLock.class);
  private static final int ANSWERS_WITHIN_SECONDS = 5;

  private final LedgerServer server;
  private final BatchName batch;
  private @Nullable Connection holding;

  /** What has become of a lock that was taken. */
  public enum Hold {
    /** It is held. */
    HELD,
    /** The server cannot be asked now. */
    UNKNOWN,
    /** Somebody else has it. */
    LOST
  }

  private BatchLock(LedgerServer server, BatchName batch) {
    this.server = server;
    this.batch = batch;
  }

  /** Takes the lock if it is free; empty if somebody else has it. */
  public static Optional<BatchLock> take(LedgerServer server, BatchName batch) throws SQLException {
    BatchLock lock = new BatchLock(server, batch);
    return lock.take() ? Optional.of(lock) : Optional.empty();
  }

  private boolean take() throws SQLException {
    Connection connection = server.connect();
    boolean taken = false;
    try {
      beMissedSoon(connection);
      taken = take(connection);
    } finally {
      if (!taken) {
        connection.close();
      }
    }
    holding = taken ? connection : null;
    return taken;
  }

  private boolean take(Connection connection) throws SQLException {
    try (PreparedStatement sql =
        connection.prepareStatement("select pg_try_advisory_lock(?) from ledger")) {
      sql.setLong(1, key(connection, batch));
      try (ResultSet row = sql.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  // Else the lock of a machine that has lost its network or its power is held for hours.
  private static void beMissedSoon(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("set tcp_keepalives_idle = 20");
      sql.execute("set tcp_keepalives_interval = 5");
      sql.execute("set tcp_keepalives_count = 4");
    }
  }

  /**
   * Locks are the database's; a ledger is a schema in it, and names of batches are the ledger's.
   */
  private static long key(Connection connection, BatchName batch) throws SQLException {
    try {
      return ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(
                      ("reelbatch " + connection.getSchema() + " " + batch)
                          .getBytes(StandardCharsets.UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Looks whether it is still held, and takes it once more where its connection was lost. Blocks
   * for a few seconds at most while the server is there.
   */
  public synchronized Hold look() {
    Connection held = holding;
    try {
      if (held != null && held.isValid(ANSWERS_WITHIN_SECONDS)) {
        return Hold.HELD;
      }
      if (held != null) {
        log.warn("the connection that holds the lock of batch {} is lost; taking it anew", batch);
        end(held);
        holding = null;
      }
      return take() ? Hold.HELD : Hold.LOST;
    } catch (SQLException e) {
      log.debug("the lock of batch {} cannot be looked at", batch, e);
      return Hold.UNKNOWN;
    }
  }

  /** Gives it back. */
  @Override
  public synchronized void close() {
    if (holding != null) {
      end(holding);
      holding = null;
    }
  }

  private static void end(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("the connection of a lock could not be closed", e);
    }
  }

  /** Whether somebody has it, without taking it. */
  public static boolean isTaken(LedgerDatabase database, BatchName batch) {
    if (!database.isServer()) {
      return false;
    }
    Integer holders =
        database
            .jdbc()
            .execute(
                (Connection connection) -> {
                  long key = key(connection, batch);
                  try (PreparedStatement sql =
                      connection.prepareStatement(
                          """
                          select count(*) from pg_locks l
                          join pg_database d on d.oid = l.database
                          where l.locktype = 'advisory' and l.objsubid = 1
                            and l.classid::bigint = ? and l.objid::bigint = ?
                            and d.datname = current_database()
                          """)) {
                    sql.setLong(1, key >>> Integer.SIZE);
                    sql.setLong(2, key & 0xFFFFFFFFL);
                    try (ResultSet row = sql.executeQuery()) {
                      row.next();
                      return row.getInt(1);
                    }
                  }
                });
    return holders != null && holders > 0;
  }
}
