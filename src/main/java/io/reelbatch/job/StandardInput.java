package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Rows that came in on standard input, in a file that is their user's alone for as long as this is
 * open. A run keeps them in its home, as the input of their batch.
 */
public final class StandardInput implements AutoCloseable {

  private final Path file;

  private StandardInput(Path file) {
    this.file = file;
  }

  /**
   * Reads all of it. Blocks until its other end is closed.
   *
   * @throws DeskException if nothing came, or what came may have been cut off; nothing was changed
   */
  public static StandardInput read(InputStream in) {
    try {
      StandardInput read = new StandardInput(Files.createTempFile("reelbatch-rows", ".csv"));
      try {
        read.file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(read.file)) {
          in.transferTo(out);
        }
        read.refuseWhatIsCut();
        return read;
      } catch (IOException | RuntimeException e) {
        read.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DeskException(
          Ending.ERROR,
          Message.of(
              "standard input could not be read to its end: {0}. Nothing was sent",
              DiskTrouble.words(e)),
          e);
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Where the rows of a batch are kept that last came on standard input. */
  public static Path placeOf(BatchName batch, Home home) {
    return folderIn(home).resolve(batch + ".csv");
  }

  private static Path folderIn(Home home) {
    return home.path().resolve("inputs");
  }

  /**
   * Keeps the rows in place of those that came before, in one move. Only while the lock of the home
   * is held.
   */
  void keep(BatchName batch, Home home) {
    Path place = placeOf(batch, home);
    Path fresh = folderIn(home).resolve(batch + ".new");
    try {
      OwnerOnly.makeFolder(folderIn(home));
      Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING); // for its user alone, as this
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw home.unusable(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(file + " could not be removed; it holds prompts", e);
    }
  }

  // A pipe ends alike whether its other side has finished or died. An archive tells by itself.
  private void refuseWhatIsCut() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long size = bytes.length();
      if (size == 0) {
        throw refused(
            Message.of("standard input is empty: perhaps the command before the pipe failed"));
      }
      boolean archive = size > 1 && byteAt(0, bytes) == 'P' && byteAt(1, bytes) == 'K';
      boolean lowFirst = size > 1 && byteAt(0, bytes) == 0xFF && byteAt(1, bytes) == 0xFE; // UTF-16
      int last = byteAt(lowFirst ? size - 2 : size - 1, bytes);
      if (!archive && last != '\n' && last != '\r') {
        throw refused(
            Message.of(
                "the last line of standard input has no line end, so it may be cut off, and half a"
                    + " prompt would be paid for; if it is whole, end it"));
      }
    }
  }

  private static int byteAt(long place, RandomAccessFile bytes) throws IOException {
    bytes.seek(place);
    return bytes.read();
  }

  private static DeskException refused(Message why) {
    return new DeskException(
        Ending.REJECTED,
        Message.of("{0}. Nothing was sent, and the batch is as it was", why),
        null);
  }
}
