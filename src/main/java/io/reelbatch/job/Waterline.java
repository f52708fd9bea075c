package io.reelbatch.job;

import io.reelbatch.ledger.Batches;
import io.reelbatch.model.Message;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many paid requests the ledger knew of, noted beside it. A database whose file was cut, or
 * that was put back from an older backup, opens without complaint at an earlier state: rows that
 * are paid for would look new. Used by one thread at a time.
 */
final class Waterline {

  private static final Logger log = LoggerFactory.getLogger(Waterline.class);

  private final Home home;
  private final Batches batches;
  private long noted;
  private long seen;
  private long begun;

  Waterline(Home home, Batches batches) {
    this.home = home;
    this.batches = batches;
    this.noted = home.waterline();
    this.seen = noted;
  }

  /**
   * Compares the ledger with the note.
   *
   * @throws UsageException if the ledger knows of fewer requests
   */
  void check() {
    long known = batches.attempts();
    begun = known;
    if (known >= noted) {
      return;
    }
    Optional<Home.Server> server = home.server();
    if (server.isPresent()) {
      throw new UsageException(
          Message.of(
              "the ledger on the server {0} is damaged or older than it was: it knows of {1} paid"
                  + " requests, and {2} were made. Nothing was sent: rows that are paid for would be"
                  + " paid again. Restore the database from its latest backup; if this is the best"
                  + " there is, see from the gateway's own log what is missing, take those rows out of"
                  + " the CSV, delete {3} and run again",
              server.get().place(), known, noted, home.begunFile()));
    }
    throw new UsageException(
        Message.of(
            "the ledger in {0} is damaged or older than it was: it knows of {1} paid requests, and"
                + " {2} were made. Nothing was sent: rows that are paid for would be paid again."
                + " Restore the latest ledger.mv.db from a backup; if this is the best there is, see"
                + " from the gateway's own log what is missing, take those rows out of the CSV,"
                + " delete {3} and run again",
            home.path(), known, noted, home.begunFile()));
  }

  /**
   * Notes what the ledger knew at the last call: by now that has reached the disk. The note must
   * never be ahead of the ledger. A note that cannot be made is made later, and harms nothing.
   *
   * @param intents paid requests that the ledger has noted since {@link #check}
   */
  void rise(long intents) {
    if (seen > noted) {
      try {
        home.begun(seen);
        noted = seen;
      } catch (UsageException e) {
        log.debug("the number of paid requests could not be noted", e);
      }
    }
    seen = begun + intents;
  }
}
