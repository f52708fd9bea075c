package io.reelbatch.ledger;

import io.reelbatch.model.DiskException;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last place for a paid task's id when the ledger does not take it: a file whose room was
 * reserved when it was made, so that a full disk does not matter. The next start takes the ids in.
 *
 * <p>One line of JSON for each id, ASCII only, the rest filled with spaces. Thread-safe; also on an
 * interrupted thread, so no interruptible channel is used here.
 */
public final class RescueFile {

  private static final Logger log = LoggerFactory.getLogger(RescueFile.class);

  // A half surrogate pair would not survive UTF-8, and a torn line could not be decoded.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final int ROOM = 1 << 18;

  /** An id that is safe here and not yet in the ledger. */
  record Kept(long row, RowKey key, int attempt, TaskId task, Instant at) {}

  /**
   * What the file holds.
   *
   * @param damaged lines that cannot be read, in whole or in part; each may name a paid task
   */
  record Content(List<Kept> kept, List<String> damaged) {}

  private final Path path;
  private long end;

  /**
   * Opens the file, making it with its room if it is not there.
   *
   * @throws UncheckedIOException if it cannot be made: nothing should be sent then
   */
  public RescueFile(Path path) {
    this.path = path;
    try {
      if (!Files.exists(path) || Files.size(path) == 0) {
        replaceByEmpty();
      }
      end = text().stripTrailing().length();
    } catch (IOException e) {
      throw new DiskException(
          Message.of(
              "cannot make the rescue file {0}, where paid tasks are kept when the ledger takes no"
                  + " more: {1}. Nothing was sent. Make room on the disk, then run the same command"
                  + " again",
              path, DiskTrouble.words(e)),
          e);
    }
  }

  /**
   * Keeps an id, here and on standard error. Never throws: there is nowhere else to go.
   *
   * @return where the id is now, for the message of the failure
   */
  synchronized String keep(Attempt attempt, TaskId task, Instant at) {
    String line =
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("row", attempt.row())
                .put("key", attempt.key().value())
                .put("attempt", attempt.number())
                .put("task", task.value())
                .put("at", at.toString()));
    // Not by the logger alone: it may be set to write elsewhere, or nothing.
    System.err.println("PAID, BUT NOT IN THE LEDGER | 已付费，但没能记入账本: " + line);
    // A line that was torn before stays as it is, and this one stands by itself.
    byte[] bytes = ((end == 0 ? "" : "\n") + line + "\n").getBytes(StandardCharsets.US_ASCII);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(end);
      file.write(bytes);
      file.getFD().sync();
      end += bytes.length;
      log.error("a paid task could not be written to the ledger; it is kept in {}", path);
      return "it is kept in " + path + ", and the next run takes it in";
    } catch (IOException | RuntimeException e) {
      log.error("the rescue file took nothing either; note this line: {}", line, e);
      return "it could not be kept in " + path + " either: note it from standard error";
    }
  }

  /** What was kept and not cleared. */
  synchronized Content read() {
    List<Kept> kept = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    try {
      for (String line : text().split("\n", -1)) {
        if (!line.isBlank()) {
          try {
            kept.add(kept(JSON.readTree(line)));
          } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            log.error("a line of {} is damaged; it may name a paid task: {}", path, line.strip());
            damaged.add(line.strip());
          }
        }
      }
      return new Content(kept, damaged);
    } catch (IOException e) {
      throw new DiskException(Message.of("cannot read the rescue file {0}", path), e);
    }
  }

  private static Kept kept(JsonNode json) {
    return new Kept(
        json.path("row").longValue(),
        new RowKey(json.path("key").stringValue("")),
        json.path("attempt").intValue(),
        new TaskId(json.path("task").stringValue("")),
        Instant.parse(json.path("at").stringValue("")));
  }

  /** Sets lines aside, in a file beside this one, for a person to look at. */
  synchronized void setAside(List<String> lines) {
    Path aside = path.resolveSibling(path.getFileName() + ".damaged");
    try {
      if (!Files.exists(aside)) {
        Files.createFile(aside, forTheUserAlone());
      }
      try (RandomAccessFile file = new RandomAccessFile(aside.toFile(), "rw")) {
        file.seek(file.length());
        file.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        file.getFD().sync();
      }
    } catch (IOException e) {
      throw new DiskException(
          Message.of("cannot set lines of the rescue file aside, {0}", aside), e);
    }
  }

  /**
   * Forgets what is in the ledger by now.
   *
   * @throws UncheckedIOException if it cannot be emptied: nothing should be sent then
   */
  synchronized void clear() {
    if (end == 0) {
      return;
    }
    try {
      replaceByEmpty();
      end = 0;
    } catch (IOException e) {
      throw new DiskException(Message.of("cannot empty the rescue file {0}", path), e);
    }
  }

  // In one move: a death in the middle leaves the old file or the new one, never half a line.
  private void replaceByEmpty() throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, forTheUserAlone());
    byte[] room = new byte[ROOM];
    Arrays.fill(room, (byte) ' ');
    try (RandomAccessFile file = new RandomAccessFile(fresh.toFile(), "rw")) {
      file.write(room);
      file.getFD().sync();
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] forTheUserAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Byte for character, so that places in the text are places in the file. */
  private String text() throws IOException {
    return Files.readString(path, StandardCharsets.ISO_8859_1);
  }
}
