package io.reelbatch.cli;

import io.reelbatch.model.BatchName;
import java.nio.file.Path;

/**
 * A file of rows and the batch that it is.
 *
 * @param file {@code -} for standard input
 */
record InputFile(Path file, BatchName batch) {

  private static final Path STANDARD_INPUT = Path.of("-");

  static boolean isStandardInput(Path file) {
    return file.equals(STANDARD_INPUT);
  }

  boolean isStandardInput() {
    return isStandardInput(file);
  }
}
