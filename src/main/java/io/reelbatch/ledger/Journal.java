package io.reelbatch.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes rows, attempts and tasks. Whatever arrives while a commit is under way
 * goes into the next one, so that durable commits are shared and nothing contends.
 *
 * <p>Thread-safe. If a group cannot be committed, each of its entries is tried alone, so that one
 * bad entry harms no other.
 */
final class Journal implements AutoCloseable {

  /** Does the writing; all of it, or none. */
  interface Group {
    void commit(List<JournalEntry> entries);
  }

  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final int GROUP = 1000;
  private static final int TRIES = 3;
  private static final long LOOK_UP_MILLIS = 100;

  private record Waiting(JournalEntry entry, CompletableFuture<Void> done) {}

  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Group group;
  private final Thread writer;
  private volatile boolean closed;

  Journal(Group group) {
    this.group = group;
    this.writer = new Thread(this::write, "ledger-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /** Completes when the entry is on disk, exceptionally when it is not. */
  CompletableFuture<Void> add(JournalEntry entry) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (closed) {
      done.completeExceptionally(new LedgerException("the ledger is closed"));
    } else {
      queue.add(new Waiting(entry, done));
    }
    return done;
  }

  private void write() {
    List<Waiting> batch = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        Waiting first = queue.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, GROUP - 1);
          commit(batch);
          batch.clear();
        }
      } catch (InterruptedException e) {
        // Nobody may interrupt this thread: H2 would close its file under a running commit.
        log.warn("the ledger's writer was interrupted and goes on");
      }
    }
  }

  private void commit(List<Waiting> batch) {
    try {
      group.commit(batch.stream().map(Waiting::entry).toList());
      batch.forEach(waiting -> waiting.done().complete(null));
    } catch (RuntimeException e) {
      log.warn("a group of {} ledger entries was not written, trying each alone", batch.size(), e);
      batch.forEach(this::commitAlone);
    }
  }

  private void commitAlone(Waiting waiting) {
    RuntimeException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        group.commit(List.of(waiting.entry()));
        waiting.done().complete(null);
        return;
      } catch (RuntimeException e) {
        last = e;
      }
    }
    waiting.done().completeExceptionally(last);
  }

  /** Writes what was added so far, then ends. Blocks until that is done. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
