package io.reelbatch.job;

import io.reelbatch.ledger.LedgerPlace;
import io.reelbatch.ledger.LedgerServer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Which ledger a home uses: the file in it, or a server. Once a batch was begun in one of them the
 * home keeps to that: in the other, rows that are paid for would look new.
 */
final class LedgerChoice {

  static final String URL = "spring.datasource.url";

  private LedgerChoice() {}

  /**
   * What home and settings say.
   *
   * @throws UsageException if they do not agree, or the address is none of PostgreSQL
   */
  static LedgerPlace of(Home home, Environment settings) {
    String url = settings.getProperty(URL, "").strip();
    Optional<Home.Server> known = home.server();
    if (url.isEmpty()) {
      if (known.isPresent()) {
        throw new UsageException(
            "the ledger of "
                + home.path()
                + " lies on the server "
                + known.get().place()
                + ", and "
                + URL
                + " is not set: in a ledger of its own, rows that are paid for would look new, and be"
                + " paid for again. Set it as before, or choose another --home. Nothing was sent");
      }
      return home.ledger();
    }
    LedgerServer server = server(settings);
    if (known.isEmpty() && home.hasBegun()) {
      throw new UsageException(
          URL
              + " (SPRING_DATASOURCE_URL) is set, but the ledger of "
              + home.path()
              + " lies in that folder, with its batches: on a server, rows that are paid for would"
              + " look new, and be paid for again. Unset it, move the ledger there by 'ledger move', or"
              + " choose another --home. Nothing was sent");
    }
    return server;
  }

  /**
   * The server that the settings name, whatever the home knows of it.
   *
   * @throws UsageException if they name none
   */
  static LedgerServer server(Environment settings) {
    String url = settings.getProperty(URL, "").strip();
    if (!LedgerServer.isAt(url)) {
      throw new UsageException(
          URL
              + " (SPRING_DATASOURCE_URL) must begin with jdbc:postgresql: - a ledger is kept by"
              + " PostgreSQL, or else in the home, where no setting moves it: with another ledger,"
              + " rows that are paid for would look new. Nothing was sent");
    }
    return new LedgerServer(
        url,
        text(settings, "spring.datasource.username"),
        text(settings, "spring.datasource.password"));
  }

  private static @Nullable String text(Environment settings, String name) {
    String value = settings.getProperty(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /**
   * That a server's ledger is the one that the home knows.
   *
   * @throws UsageException if it is another
   */
  static void refuseAnother(Home home, Home.Server found) {
    Optional<Home.Server> known = home.server();
    if (known.isPresent() && !known.get().name().equals(found.name())) {
      throw new UsageException(
          "the ledger on the server "
              + found.place()
              + " is not the one that "
              + home.path()
              + " has used, which was on "
              + known.get().place()
              + ": what was paid for does not stand in it, so nothing is sent. Set "
              + URL
              + " to that one, or restore it from a backup; to begin anew all the same, and pay"
              + " again, choose another --home");
    }
  }
}
