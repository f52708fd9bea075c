package io.reelbatch.ledger;

import io.reelbatch.model.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last place for a paid task's id when the ledger does not take it: a file whose room was
 * reserved when it was made, so that a full disk does not matter. The next start takes the ids in.
 *
 * <p>Thread-safe.
 */
public final class RescueFile {

  private static final Logger log = LoggerFactory.getLogger(RescueFile.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int ROOM = 1 << 18;

  /** An id that is safe here and not yet in the ledger. */
  record Kept(long row, int attempt, TaskId task, Instant at) {}

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
      if (!Files.exists(path)) {
        reserve();
      }
      end = used();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the rescue file " + path, e);
    }
  }

  /** Keeps an id, here and on standard error. Never throws: there is nowhere else to go. */
  synchronized void keep(Attempt attempt, TaskId task, Instant at) {
    String line =
        JSON.writeValueAsString(
                JSON.createObjectNode()
                    .put("row", attempt.row())
                    .put("key", attempt.key().value())
                    .put("attempt", attempt.number())
                    .put("task", task.value())
                    .put("at", at.toString()))
            + "\n";
    log.error(
        "a paid task could not be written to the ledger; it is kept in {}: {}", path, line.strip());
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      write(file, ByteBuffer.wrap(bytes), end);
      file.force(true);
      end += bytes.length;
    } catch (IOException e) {
      log.error("the rescue file took nothing either; note the line above", e);
    }
  }

  synchronized List<Kept> read() {
    List<Kept> kept = new ArrayList<>();
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      for (String line :
          text.substring(0, Math.max(0, text.lastIndexOf('\n') + 1)).split("\n", -1)) {
        if (line.startsWith("{")) {
          JsonNode json = JSON.readTree(line);
          kept.add(
              new Kept(
                  json.path("row").asLong(),
                  json.path("attempt").asInt(),
                  new TaskId(json.path("task").asString()),
                  Instant.parse(json.path("at").asString())));
        }
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the rescue file " + path, e);
    } catch (JacksonException e) {
      throw new LedgerException(
          "the rescue file " + path + " is damaged; it holds ids of paid tasks: mend it by hand",
          e);
    }
  }

  /** Forgets what is in the ledger by now. */
  synchronized void clear() {
    if (end == 0) {
      return;
    }
    try {
      reserve();
      end = 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot empty the rescue file " + path, e);
    }
  }

  private void reserve() throws IOException {
    byte[] room = new byte[ROOM];
    Arrays.fill(room, (byte) ' ');
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      write(file, ByteBuffer.wrap(room), 0);
      file.force(true);
    }
  }

  private long used() throws IOException {
    String text = Files.readString(path, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length;
  }

  private static void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
  }
}
