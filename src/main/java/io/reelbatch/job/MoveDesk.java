package io.reelbatch.job;

import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.LedgerMove;
import io.reelbatch.ledger.LedgerServer;
import io.reelbatch.ledger.Moved;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Moves the ledger of a home to the server that the settings name. From the moment at which it may
 * be there, the home says so: neither the old file nor an empty ledger is used in its place.
 */
public final class MoveDesk {

  private final HomeUse use;

  /** Opens nothing yet. */
  public MoveDesk(HomeUse use) {
    this.use = use;
  }

  /**
   * A ledger that is on a server now.
   *
   * @param place the server, for people
   * @param moved what it holds; null if it was brought there by an earlier call
   */
  public record Result(String place, @Nullable Moved moved) {}

  /**
   * Moves it. Blocks; takes minutes for a million rows. Killed at any moment, the same again does
   * the rest.
   *
   * @throws DeskException if home or server cannot be had or must not be used; the ledger is where
   *     it was
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Result move() {
    try (HomeLock lock = HomeLock.take(use.home().make(), use.lockWait(), use.what())) {
      ConfigurableEnvironment settings = Session.settings(use.settings());
      new SettingNames().check(settings);
      LedgerServer server = LedgerChoice.server(settings);
      if (!use.home().ledger().exists()) {
        return moved(server);
      }
      Moved moved = bring(server);
      use.home().ledger().retire();
      return new Result(server.place(), moved);
    } catch (RuntimeException | SQLException | IOException | InterruptedException e) {
      Explanation explanation = Explanation.of(e, use.home());
      throw new DeskException(explanation.ending(), explanation.message(), e);
    }
  }

  /** Nothing is left to do, or there never was anything. */
  private Result moved(LedgerServer server) throws SQLException {
    if (use.home().server().isEmpty()) {
      throw new UsageException(
          Message.of(
              "there is no ledger in {0} that could be moved; 'run' names its home in its first line,"
                  + " give it with --home",
              use.home().path()));
    }
    try (Connection there = server.open()) {
      LedgerChoice.refuseAnother(use.home(), found(server, there));
      return new Result(server.place(), null);
    }
  }

  private static Home.Server found(LedgerServer server, Connection there) {
    return new Home.Server(LedgerServer.name(there), server.place());
  }

  private @Nullable Moved bring(LedgerServer server) throws SQLException {
    Home home = use.home();
    try (Connection file = home.ledger().open();
        Connection there = server.open()) {
      Batches batches = new Batches(database(file), InstantSource.system());
      BatchOpening.refuseLostLedger(home, batches);
      new Waterline(home, batches).check();
      database(there); // is refused if it may forget what it commits
      Home.Server found = found(server, there);
      LedgerChoice.refuseAnother(home, found);
      LedgerMove move = new LedgerMove(file, there, home.id());
      if (move.isDone()) {
        home.remember(found);
        return null;
      }
      if (move.isServerUsed()) {
        throw new UsageException(
            Message.of(
                "the ledger on the server {0} is in use: it holds batches, and a ledger can be moved to"
                    + " an empty one alone. Nothing was moved. Let your administrator make another"
                    + " database, and set spring.datasource.url to that",
                server.place()));
      }
      return bring(move, found);
    }
  }

  private Moved bring(LedgerMove move, Home.Server found) throws SQLException {
    Home home = use.home();
    boolean begun = home.server().isPresent();
    home.remember(found); // first: were it killed after the commit, the file would be used on
    Moved moved;
    try {
      moved = move.copy();
    } catch (RuntimeException | SQLException e) {
      undo(move, e);
      if (!begun) {
        home.forgetServer();
      }
      throw e;
    }
    move.commit();
    return moved;
  }

  /** Where the server is gone it has undone it by itself: nothing was committed. */
  private static void undo(LedgerMove move, Exception reason) {
    try {
      move.undo();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static LedgerDatabase database(Connection connection) {
    return new LedgerDatabase(
        new SingleConnectionDataSource(connection, true), LedgerDatabase.DiskSync.ON);
  }
}
