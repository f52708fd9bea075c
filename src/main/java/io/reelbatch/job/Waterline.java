package io.reelbatch.job;

import io.reelbatch.ledger.Batches;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

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
  private long counted;

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
    if (known < noted) {
      throw new UsageException(
          "the ledger in "
              + home.path()
              + " is damaged or older than it was: it knows of "
              + known
              + " paid requests, and "
              + noted
              + " were made. Nothing was sent: rows that are paid for would be paid again. Restore"
              + " the latest ledger.mv.db from a backup; if this is the best there is, see from the"
              + " gateway's own log what is missing, take those rows out of the CSV, delete "
              + home.begunFile()
              + " and run again");
    }
  }

  /**
   * Notes what the ledger knew at the last call: by now that has reached the disk. The note must
   * never be ahead of the ledger. A note that cannot be made is made later, and harms nothing.
   *
   * @param commits how often the ledger has committed so far: while that stands still, as in a long
   *     load, counting would tell nothing new and hold it up
   */
  void rise(long commits) {
    if (commits == counted && seen == noted) {
      return;
    }
    counted = commits;
    try {
      long now = batches.attempts();
      if (seen > noted) {
        home.begun(seen);
        noted = seen;
      }
      seen = now;
    } catch (UsageException | DataAccessException | TransactionException e) {
      log.debug("the number of paid requests could not be noted", e);
    }
  }
}
