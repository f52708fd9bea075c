package io.reelbatch.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** What an {@link IOException} means, for people. */
public final class DiskTrouble {

  private DiskTrouble() {}

  /** What lies at the bottom of a failure, whether that is the disk's or somebody else's. */
  public static Message atBottom(Throwable root) {
    return root instanceof IOException e
        ? words(e)
        : Message.verbatim(String.valueOf(root.getMessage()));
  }

  /** The same where a folder was to be made. */
  public static Message ofFolder(IOException e) {
    return e instanceof FileAlreadyExistsException
        ? Message.of("it is a file, and a folder is needed")
        : words(e);
  }

  /**
   * The exceptions of java.nio.file say in their type what is wrong, and only the path in words.
   */
  public static Message words(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      String type = e.getClass().getSimpleName().replace("Exception", "");
      return Message.ofText(type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT));
    }
    return Message.ofText(
        String.valueOf(e instanceof FileSystemException file ? file.getReason() : e.getMessage()));
  }
}
