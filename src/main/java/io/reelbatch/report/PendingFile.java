package io.reelbatch.report;

import io.reelbatch.model.DiskException;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file in the making, of text in most cases. It grows under another name beside its target and
 * takes the target's place in one move; closed before that, it leaves nothing behind. Not
 * thread-safe.
 *
 * <p>Every method throws {@link UncheckedIOException} with a message for the operator.
 */
final class PendingFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path temporary;
  private final FileOutputStream file;
  private final Writer writer;

  /** Begins the file; the target's directory exists. */
  PendingFile(Path target) {
    this.target = target;
    this.temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(temporary); // left by a killed run, or a link to somewhere else
      // Prompts, and links that anybody may open: for the user alone, as the folder is.
      Files.createFile(temporary, forTheUserAlone("rw-------"));
      // Not a FileChannel: that one closes when its thread is interrupted, as at a shutdown.
      file = new FileOutputStream(temporary.toFile());
    } catch (IOException e) {
      throw failure(target, e);
    }
    // This constructor's encoder replaces half a character (a text cut in the middle of an emoji);
    // that of Files.newBufferedWriter would fail the whole report for it.
    writer = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8), BUFFER);
  }

  /** Creates a directory for reports, with its parents. */
  static void prepare(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, forTheUserAlone("rwx------"));
      }
    } catch (IOException e) {
      throw failure(directory, DiskTrouble.ofFolder(e), e);
    }
  }

  /** Removes a file that no longer applies, if it is there. */
  static void remove(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  void append(String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** For a file that is no text; nothing is appended to it then. Buffers nothing. */
  OutputStream bytes() {
    return file;
  }

  /** What a failure of {@link #bytes} is for the operator. */
  UncheckedIOException failure(IOException e) {
    return failure(target, e);
  }

  /** Brings the text to the disk; what may fail has then happened before any target changes. */
  void complete() {
    try {
      writer.flush();
      file.getFD().sync();
      writer.close();
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /**
   * Puts a completed file in its target's place.
   *
   * @return the target
   */
  Path publish() {
    try {
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return target;
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** The same where nothing may be replaced. */
  void publishNew() {
    try {
      Files.move(temporary, target);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  @Override
  public void close() {
    try {
      file.close(); // the buffer may still hold text: this is the way out of a failure
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw failure(temporary, e);
    }
  }

  private static FileAttribute<?>[] forTheUserAlone(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static UncheckedIOException failure(Path path, IOException e) {
    return failure(path, DiskTrouble.words(e), e);
  }

  private static UncheckedIOException failure(Path path, Message why, IOException e) {
    return new DiskException(
        Message.of(
            "Cannot write {0}: {1}. No row and no money is touched by this. Make room, or close the"
                + " file where it is open, and give the command again.",
            path, why),
        e);
  }
}
