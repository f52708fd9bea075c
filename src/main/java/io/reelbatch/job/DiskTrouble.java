package io.reelbatch.job;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** What an {@link IOException} means, for people. */
final class DiskTrouble {

  private DiskTrouble() {}

  /**
   * The exceptions of java.nio.file say in their type what is wrong, and only the path in words.
   */
  static String words(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      String type = e.getClass().getSimpleName().replace("Exception", "");
      return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
    return String.valueOf(
        e instanceof FileSystemException file ? file.getReason() : e.getMessage());
  }
}
