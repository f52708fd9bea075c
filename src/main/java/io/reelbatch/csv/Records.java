package io.reelbatch.csv;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of a file, one after the other, whatever its format. Not thread-safe. */
interface Records extends AutoCloseable {

  /**
   * The next record that is not empty; null after the last.
   *
   * @throws UnreadableInputException if nobody can tell what this record and those that follow are
   */
  @Nullable CsvRecord next() throws IOException;

  /** SHA-256 of all bytes of the file, in hex; only once {@link #next} has returned null. */
  String digest();

  @Override
  void close() throws IOException;
}
