package io.reelbatch.job;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps what lies in a home or a results folder from other users of the machine: it holds prompts,
 * links that anybody may open, and what the gateway said. Does nothing where there is no POSIX.
 */
final class OwnerOnly {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** Makes a folder with its parents, all that are new for the user alone. */
  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, permissions("rwx------"));
    }
  }

  /** Replaces a file's text; a new file is for the user alone. */
  static void write(Path file, String text) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, permissions("rw-------"));
    }
    Files.writeString(file, text);
  }

  private static FileAttribute<?>[] permissions(String symbols) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(symbols))
        }
        : new FileAttribute<?>[0];
  }

  /** Takes the files that lie in a folder, not those below it, from everybody else. */
  static void keepFiles(Path folder) throws IOException {
    if (!POSIX) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      try {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      } catch (NoSuchFileException e) {
        // A database's temporary file that is gone again.
      }
    }
  }
}
