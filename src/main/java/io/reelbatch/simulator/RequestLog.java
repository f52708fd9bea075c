package io.reelbatch.simulator;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The evidence: every request, and the task it made. Thread-safe. */
interface RequestLog extends AutoCloseable {

  /** What this log knew when it was opened. */
  History history();

  /**
   * Keeps a request. Returns once a killed process would not lose it (if it is kept on disk).
   *
   * @param made the task it made; null if none
   * @throws IOException if it could not be kept; then the task must not be made either
   */
  void add(LoggedRequest request, @Nullable SimulatedTask made) throws IOException;

  /** The requests kept, in the order of arrival. */
  List<LoggedRequest> requests();

  /** Those of {@link #requests()} that could cost money. */
  List<LoggedRequest> sends();

  @Override
  void close();
}
