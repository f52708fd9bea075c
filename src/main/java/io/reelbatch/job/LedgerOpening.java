package io.reelbatch.job;

import com.zaxxer.hikari.HikariDataSource;
import io.reelbatch.ledger.LedgerFile;
import io.reelbatch.ledger.LedgerPlace;
import io.reelbatch.ledger.LedgerServer;
import io.reelbatch.model.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Opens the ledger of a home in a thread of its own, while Spring starts in another: each takes
 * about as long, and cron starts the program often.
 */
final class LedgerOpening implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LedgerOpening.class);
  private static final int CONNECTIONS = 8;

  private final Home home;
  private final HikariDataSource source = new HikariDataSource();
  private @Nullable Begun begun;

  private record Begun(LedgerPlace place, FutureTask<@Nullable Connection> opened, Thread opener) {

    static Begun at(LedgerPlace place, Callable<@Nullable Connection> opening) {
      FutureTask<@Nullable Connection> opened = new FutureTask<>(opening);
      Thread opener = new Thread(opened, "ledger-opening");
      opener.start();
      return new Begun(place, opened, opener);
    }
  }

  LedgerOpening(Home home) {
    this.home = home;
  }

  /**
   * Begins with a file that is there, which nothing can come of but that it is open. Anything else
   * waits for {@link #begin}: settings that are refused should leave no new ledger, and what is
   * logged before logging is set up would be printed.
   */
  void beginIfThere() {
    LedgerFile file = home.ledger();
    if (file.exists() && home.server().isEmpty()) {
      begun = Begun.at(file, file::openCurrent);
    }
  }

  /**
   * Begins with the ledger that the settings choose.
   *
   * @throws UsageException if they choose another one than the home has used
   */
  void begin(Environment settings) {
    LedgerPlace place = LedgerChoice.of(home, settings);
    if (begun == null || begun.place() instanceof LedgerFile != place instanceof LedgerFile) {
      end();
      begun = Begun.at(place, place::open);
    }
  }

  /** The server that keeps the ledger; empty if the home does. */
  Optional<LedgerServer> server() {
    return begun != null && begun.place() instanceof LedgerServer server
        ? Optional.of(server)
        : Optional.empty();
  }

  /** The database, open and at its newest version. Blocks; throws what went wrong with it. */
  DataSource database() throws Exception {
    Begun opening = Objects.requireNonNull(begun, "it was not begun");
    try (Connection held = held(opening)) {
      if (opening.place() instanceof LedgerServer server) {
        keepTo(server, held);
      }
      source.setJdbcUrl(opening.place().url());
      source.setUsername(opening.place().user());
      source.setPassword(opening.place().password());
      source.setMaximumPoolSize(CONNECTIONS);
      source.getConnection().close(); // from here on the pool holds the file open
      return source;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof SQLException failure) {
        throw opening.place() instanceof LedgerServer server ? closed(server, failure) : failure;
      }
      throw new IllegalStateException("the ledger cannot be opened", e.getCause());
    }
  }

  private static Connection held(Begun opening)
      throws SQLException, InterruptedException, ExecutionException {
    Connection current = opening.opened().get();
    return current == null ? opening.place().open() : current;
  }

  private void keepTo(LedgerServer server, Connection ledger) {
    Home.Server found = new Home.Server(LedgerServer.name(ledger), server.place());
    LedgerChoice.refuseAnother(home, found);
    home.remember(found);
    source.setDataSourceProperties(server.properties());
  }

  /** Who is not let in has a setting to mend; who finds nobody there may try again. */
  private static Exception closed(LedgerServer server, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    Message why =
        Message.of(
            "the ledger on the server {0} could not be opened: {1}. Nothing was sent. See that the"
                + " server is up and that spring.datasource.url, .username and .password are right, then"
                + " run the same command again",
            server.place(), Message.verbatim(String.valueOf(failure.getMessage())));
    return state.startsWith("08") || state.startsWith("57") || state.startsWith("53")
        ? new LedgerUnreachableException(why, failure)
        : new UsageException(why, failure);
  }

  @Override
  public void close() {
    end();
    source.close();
  }

  // Awaited, not interrupted: H2 closes its file under an interrupted thread.
  private void end() {
    if (begun == null) {
      return;
    }
    boolean interrupted = false;
    while (begun.opener().isAlive()) {
      try {
        begun.opener().join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    closeHeld(begun);
    begun = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // Where Spring failed before it asked for the database.
  private static void closeHeld(Begun begun) {
    try {
      Connection held = begun.opened().get();
      if (held != null) {
        held.close();
      }
    } catch (ExecutionException | InterruptedException | SQLException e) {
      log.debug("the ledger was not open", e);
    }
  }
}
