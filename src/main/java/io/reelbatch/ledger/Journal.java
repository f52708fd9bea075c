package io.reelbatch.ledger;

import io.reelbatch.model.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * The one thread that writes rows, attempts and tasks. Whatever arrives while a commit is under way
 * goes into the next one, so that durable commits are shared and nothing contends.
 *
 * <p>Thread-safe. If a group cannot be committed, each of its entries is tried alone, so that one
 * bad entry harms no other. Callers may be interrupted, this thread may not: H2 closes its file
 * when a thread is interrupted that reads or writes it.
 */
final class Journal implements AutoCloseable {

  /** Does the writing. */
  interface Group {
    /** All of it, or none. What it throws means that nothing was written, as far as is known. */
    void commit(List<JournalEntry> entries);

    /** Makes committed entries survive a power cut. */
    void sync(List<JournalEntry> entries);
  }

  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final int GROUP = 1000;
  private static final int TRIES = 3;
  private static final long LOOK_EVERY_MILLIS = 1000;

  private record Waiting(Optional<JournalEntry> entry, CompletableFuture<Void> done) {
    JournalEntry written() {
      return entry.orElseThrow();
    }
  }

  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Object adding = new Object();
  private final Group group;
  private final Duration pause;
  private final Thread writer;
  private boolean closed;
  private volatile List<Waiting> writing = List.of();
  private volatile @Nullable LedgerException givenUp;

  /**
   * Starts the thread.
   *
   * @param pause waited before an entry is tried again
   */
  Journal(Group group, Duration pause) {
    this.group = group;
    this.pause = pause;
    this.writer = new Thread(this::write, "ledger-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /** Completes when the entry is on disk, exceptionally when it is not. */
  CompletableFuture<Void> add(JournalEntry entry) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (adding) {
      if (closed) {
        done.completeExceptionally(new LedgerException(Message.of("the ledger is closed")));
      } else {
        queue.add(new Waiting(Optional.of(entry), done));
      }
    }
    return done;
  }

  private void write() {
    boolean open = true;
    while (open) {
      List<Waiting> batch = new ArrayList<>();
      try {
        batch.add(queue.take());
        queue.drainTo(batch, GROUP - 1);
      } catch (InterruptedException e) {
        log.warn("the ledger's writer was interrupted and goes on");
      }
      // Without an entry: the mark that close() leaves, the last there is.
      open = !batch.removeIf(waiting -> waiting.entry().isEmpty());
      writing = batch; // seen by giveUp() from here on; so givenUp is read after it
      LedgerException why = givenUp;
      if (why != null) {
        letGo(batch, why);
      } else if (!batch.isEmpty()) {
        write(batch);
      }
    }
  }

  private void write(List<Waiting> batch) {
    List<Waiting> committed = new ArrayList<>();
    try {
      group.commit(entries(batch));
      committed.addAll(batch);
    } catch (RuntimeException | Error e) {
      log.warn("a group of {} ledger entries was not written, trying each alone", batch.size(), e);
      commitEachAlone(batch, committed);
    }
    if (!committed.isEmpty()) {
      sync(committed);
    }
  }

  private void commitEachAlone(List<Waiting> batch, List<Waiting> committed) {
    @Nullable Throwable gone = null;
    for (Waiting waiting : batch) {
      Throwable failure =
          gone == null ? tried(() -> group.commit(List.of(waiting.written()))) : gone;
      if (failure == null) {
        committed.add(waiting);
      } else {
        waiting.done().completeExceptionally(failure);
        // No connection to be had, and a pool waits long for one: the ids of the others must not
        // wait for that as well.
        gone = failure instanceof CannotCreateTransactionException ? failure : null;
      }
    }
  }

  private void sync(List<Waiting> committed) {
    Throwable failure = tried(() -> group.sync(entries(committed)));
    for (Waiting waiting : committed) {
      if (failure == null) {
        waiting.done().complete(null);
      } else {
        waiting.done().completeExceptionally(failure);
      }
    }
  }

  /** Tries a few times; null when it was done. */
  private @Nullable Throwable tried(Runnable action) {
    Throwable last = null;
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        rest();
      }
      try {
        action.run();
        return null;
      } catch (LedgerException e) {
        return e; // our own word: it would be the same again
      } catch (RuntimeException | Error e) {
        last = e;
      }
    }
    return last;
  }

  private void rest() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      log.warn("the ledger's writer was interrupted and goes on");
    }
  }

  private static List<JournalEntry> entries(List<Waiting> batch) {
    return batch.stream().map(Waiting::written).toList();
  }

  /**
   * The database answers no more, so nobody waits for it any longer: nothing that was added and not
   * answered so far is written, as far as is known.
   */
  void giveUp(LedgerException why) {
    synchronized (adding) {
      closed = true;
      givenUp = why;
    }
    letGo(queue, why);
    letGo(writing, why);
  }

  private static void letGo(Collection<Waiting> these, LedgerException why) {
    these.forEach(waiting -> waiting.done().completeExceptionally(why));
  }

  /** Writes what was added so far, then ends. Blocks until that is done. */
  @Override
  public void close() {
    synchronized (adding) {
      if (!closed) {
        closed = true;
        queue.add(new Waiting(Optional.empty(), new CompletableFuture<>()));
      }
    }
    boolean interrupted = false;
    while (writer.isAlive() && givenUp == null) {
      try {
        writer.join(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
