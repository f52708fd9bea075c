package io.reelbatch.job;

import io.reelbatch.ledger.LedgerPlace;
import io.reelbatch.ledger.LedgerServer;
import io.reelbatch.model.Message;
import java.util.Map;
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

  /** Whether the settings, these among them, name a server. */
  static boolean isServer(Map<String, String> typed) {
    return !Session.settings(typed).getProperty(URL, "").isBlank();
  }

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
            Message.of(
                "the ledger of {0} lies on the server {1}, and spring.datasource.url is not set: in a"
                    + " ledger of its own, rows that are paid for would look new, and be paid for"
                    + " again. Set it as before, or choose another --home. Nothing was sent",
                home.path(), known.get().place()));
      }
      return home.ledger();
    }
    LedgerServer server = server(settings);
    if (known.isEmpty() && home.hasBegun()) {
      throw new UsageException(
          Message.of(
              "spring.datasource.url (SPRING_DATASOURCE_URL) is set, but the ledger of {0} lies in that"
                  + " folder, with its batches: on a server, rows that are paid for would look new, and"
                  + " be paid for again. Unset it, move the ledger there by 'ledger move', or choose"
                  + " another --home. Nothing was sent",
              home.path()));
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
          Message.of(
              "spring.datasource.url (SPRING_DATASOURCE_URL) must begin with jdbc:postgresql: a ledger is"
                  + " kept by PostgreSQL, or else in the home, where no setting moves it. With another"
                  + " ledger, rows that are paid for would look new. Nothing was sent"));
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
          Message.of(
              "the ledger on the server {0} is not the one that {1} has used, which was on {2}: what was"
                  + " paid for does not stand in it, so nothing is sent. Set spring.datasource.url to"
                  + " that one, or restore it from a backup; to begin anew all the same, and pay again,"
                  + " choose another --home",
              found.place(), home.path(), known.get().place()));
    }
  }
}
