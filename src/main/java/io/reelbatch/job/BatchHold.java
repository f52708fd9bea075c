package io.reelbatch.job;

import io.reelbatch.ledger.BatchLock;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.LedgerServer;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.pacing.RunControl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a batch for this process alone, as long as it is open. In a home's own file the lock of the
 * home does that already.
 */
final class BatchHold implements AutoCloseable {

  private final BatchName batch;
  private final @Nullable BatchLock lock;

  private BatchHold(BatchName batch, @Nullable BatchLock lock) {
    this.batch = batch;
    this.lock = lock;
  }

  /**
   * Takes it, waiting for it if need be.
   *
   * @throws InUseException if another process has it for longer
   */
  static BatchHold take(LedgerOpening ledger, Batches batches, BatchName batch, Duration wait)
      throws InterruptedException, SQLException {
    Optional<LedgerServer> server = ledger.server();
    if (server.isEmpty()) {
      return new BatchHold(batch, null);
    }
    long start = System.nanoTime();
    while (true) {
      Optional<BatchLock> lock = BatchLock.take(server.get(), batch);
      if (lock.isPresent()) {
        return new BatchHold(batch, lock.get());
      }
      if (System.nanoTime() - start >= wait.toNanos()) {
        throw InUseException.of(batch, batches.runner(batch).orElse((String) null));
      }
      Thread.sleep(HomeLock.RETRY.toMillis());
    }
  }

  /** Stops all sending if somebody else has the batch by now. Blocks while the server is asked. */
  void look(RunControl control) {
    if (lock != null && lock.look() == BatchLock.Hold.LOST) {
      control.halt(
          HaltCause.LEDGER,
          Reason.of(
              "batch_lost",
              Message.of(
                  "batch {0} was taken over by another run while this one could not reach the ledger",
                  batch)));
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
