package io.reelbatch.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that holds a secret and nothing else. */
final class SecretFile {

  private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * The secret, without the blanks, the end of the line and the byte order mark that editors leave
   * around it. Warns of a file that everybody on the machine may read.
   */
  static String read(Path file) throws IOException {
    String text = Files.readString(file);
    if (isOpen(file)) {
      log.warn(
          "every user of this machine can read {}, and it holds a secret: chmod 600 {}",
          file,
          file);
    }
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }

  private static boolean isOpen(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
  }
}
