package io.reelbatch.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a home: one run at a time. Free at once when its holder dies,
 * however it dies, so it proves that an execution left STARTED is dead.
 *
 * <p>Nothing else in this process may open {@code run.lock}: closing any other descriptor of it
 * would release the lock. Who holds it stands in another file.
 */
final class HomeLock implements AutoCloseable {

  static final Duration RETRY = Duration.ofMillis(200);

  private static final String PROCESS = "process ";

  private final FileChannel channel;
  private final FileLock lock;

  private HomeLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock, waiting for it if need be.
   *
   * @throws InUseException if another run holds it for longer
   */
  static HomeLock take(Home home, Duration wait, String what) throws InterruptedException {
    long start = System.nanoTime();
    try {
      FileChannel channel =
          FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (true) {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          Files.writeString(home.owner(), owner(what));
          return new HomeLock(channel, lock);
        }
        if (System.nanoTime() - start >= wait.toNanos()) {
          channel.close();
          throw InUseException.of(home.path(), ownerOf(home.owner()));
        }
        Thread.sleep(RETRY.toMillis());
      }
    } catch (IOException e) {
      throw home.unusable(e);
    }
  }

  /** Whether that process of this machine was the last to take it. */
  static boolean wasTakenBy(long pid, Home home) {
    String owner = ownerOf(home.owner());
    return owner != null && owner.startsWith(PROCESS + pid + " ");
  }

  /** Whether the last one to take it took it for that. */
  static boolean isTakenFor(String what, Home home) {
    String owner = ownerOf(home.owner());
    return owner != null && owner.contains(", " + what + ", since ");
  }

  static String owner(String what) {
    return PROCESS
        + ProcessHandle.current().pid()
        + " on "
        + host()
        + ", "
        + what
        + ", since "
        + Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  /** A machine may well not know its own name; that is no reason not to work. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }

  private static @Nullable String ownerOf(Path owner) {
    try {
      return Files.readString(owner).strip();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot release the lock of the home", e);
    }
  }
}
