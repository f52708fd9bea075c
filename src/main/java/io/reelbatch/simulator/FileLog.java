package io.reelbatch.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log on disk, one JSON object a line: the fields of {@link LoggedRequest}, and {@code made} with
 * what is needed to build the task again. Nothing is kept in memory; asking reads the file.
 *
 * <p>A line is handed to the operating system before its answer leaves, so a killed simulator loses
 * nothing that it answered. A power cut can: the file is not forced to the disk. One simulator at a
 * time may use a file.
 */
final class FileLog implements RequestLog {

  private static final String LINE_START = "{\"number\":";

  private final Path path;
  private final FileChannel file;
  private final History history;

  private FileLog(Path path, FileChannel file, History history) {
    this.path = path;
    this.file = file;
    this.history = history;
  }

  /**
   * Opens or begins a log. A last line that was torn by a kill belongs to a request that was never
   * answered; it is cut off.
   *
   * @throws UncheckedIOException if the file cannot be used, or holds a line that is not ours
   */
  static FileLog open(Path path) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        cutTornLine(file);
        file.position(file.size());
        return new FileLog(path, file, read(path));
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator's log " + path + " cannot be used", e);
    }
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public synchronized void add(LoggedRequest request, @Nullable SimulatedTask made)
      throws IOException {
    ObjectNode line = Json.MAPPER.valueToTree(request);
    if (made != null) {
      line.set("made", Json.MAPPER.valueToTree(Made.of(made)));
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    long before = file.position();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      // Half a line would be glued to the next one.
      file.truncate(before);
      throw e;
    }
  }

  @Override
  public List<LoggedRequest> requests() {
    return kept(line -> true);
  }

  @Override
  public List<LoggedRequest> sends() {
    // Most lines are queries; building them only to drop them takes most of the time.
    return kept(line -> line.path("method").asString("").equals("POST")).stream()
        .filter(LoggedRequest::isSend)
        .toList();
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator's log " + path + " cannot be closed", e);
    }
  }

  private synchronized List<LoggedRequest> kept(Predicate<JsonNode> wanted) {
    var requests = new ArrayList<LoggedRequest>();
    try {
      eachLine(
          path,
          line -> {
            if (wanted.test(line)) {
              requests.add(request(line));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator's log " + path + " cannot be read", e);
    }
    requests.sort(Comparator.comparingLong(LoggedRequest::number));
    return List.copyOf(requests);
  }

  private static History read(Path path) throws IOException {
    var tasks = new ArrayList<SimulatedTask>();
    long[] lastAndSends = new long[2];
    eachLine(
        path,
        line -> {
          LoggedRequest request = request(line);
          lastAndSends[0] = Math.max(lastAndSends[0], request.number());
          lastAndSends[1] += request.isSend() ? 1 : 0;
          JsonNode made = line.path("made");
          if (made.isObject()) {
            tasks.add(Json.MAPPER.treeToValue(made, Made.class).task(request));
          }
        });
    return new History(lastAndSends[0], lastAndSends[1], tasks);
  }

  private static LoggedRequest request(JsonNode line) {
    return Json.MAPPER.treeToValue(line, LoggedRequest.class);
  }

  private static void eachLine(Path path, Consumer<JsonNode> action) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        try {
          action.accept(Json.MAPPER.readTree(line));
        } catch (JacksonException | IllegalArgumentException e) {
          throw new IOException("line " + number + " was not written by a simulator", e);
        }
      }
    }
  }

  private static void cutTornLine(FileChannel file) throws IOException {
    long end = file.size();
    var last = ByteBuffer.allocate(1);
    while (end > 0) {
      last.clear();
      if (file.read(last, end - 1) == 1 && last.get(0) == '\n') {
        break;
      }
      end--;
    }
    var torn = ByteBuffer.allocate(LINE_START.length());
    file.read(torn, end);
    String start = new String(torn.array(), 0, torn.position(), StandardCharsets.UTF_8);
    // Cutting is for our own lines; somebody's CSV without a last line break must stay whole.
    if (!LINE_START.startsWith(start)) {
      throw new IOException("its last line was not written by a simulator");
    }
    file.truncate(end);
  }

  /** What a line has to say about the task besides the request that ordered it. */
  private record Made(
      long number,
      Family family,
      String model,
      Instant madeAt,
      long durationMillis,
      Ending ending,
      String source,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String account) { // null for the plain key

    static Made of(SimulatedTask task) {
      return new Made(
          task.number(),
          task.family(),
          task.model(),
          task.madeAt(),
          task.time().toMillis(),
          task.ending(),
          task.source(),
          task.account().isEmpty() ? null : task.account());
    }

    SimulatedTask task(LoggedRequest request) {
      String id = request.task();
      if (id == null) {
        throw new IllegalArgumentException("a task was made, but it has no id");
      }
      ObjectNode order =
          Json.objectIn(request.body())
              .orElseThrow(() -> new IllegalArgumentException("the order is unreadable"));
      return new SimulatedTask(
          id,
          number,
          family,
          model,
          madeAt,
          Duration.ofMillis(durationMillis),
          ending,
          source,
          account == null ? "" : account,
          order);
    }
  }
}
