package io.reelbatch.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that all is done in, and the processes that were started in it. Closing it, which the
 * end of the JVM does too, kills those that live and takes the folder away unless it is to be kept.
 * Thread-safe.
 */
final class Ground implements AutoCloseable {

  private final Path folder;
  private final boolean kept;
  private final Set<Process> processes = new HashSet<>();
  private boolean closed;

  private Ground(Path folder, boolean kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * Makes the folder.
   *
   * @param keep where it stays afterwards; null for a temporary one
   */
  static Ground open(@Nullable Path keep) {
    try {
      if (keep == null) {
        return opened(Files.createTempDirectory("reelbatch-selftest"), false);
      }
      Files.createDirectories(keep);
      return opened(keep.toAbsolutePath(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder to work in", e);
    }
  }

  private static Ground opened(Path folder, boolean kept) {
    Ground ground = new Ground(folder, kept);
    Runtime.getRuntime().addShutdownHook(new Thread(ground::close, "selftest-end"));
    return ground;
  }

  /** A folder of this name in it. */
  Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder to work in", e);
    }
  }

  /** Starts a process that does not outlive this ground. */
  synchronized Process start(ProcessBuilder builder) {
    if (closed) {
      throw new IllegalStateException("the selftest has ended");
    }
    try {
      Process process = builder.start();
      processes.removeIf(one -> !one.isAlive());
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + builder.command(), e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List.copyOf(processes).forEach(Kill::nine);
    if (!kept) {
      remove();
    }
  }

  private void remove() {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take away " + folder, e);
    }
  }
}
