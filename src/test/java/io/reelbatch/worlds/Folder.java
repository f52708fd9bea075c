package io.reelbatch.worlds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of a world: the input, the rescue file, the report. */
final class Folder {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final int BEGINNING = 1 << 15;

  final Path home;
  final Path out;
  final Path input;

  Folder(Path root) {
    this.home = root.resolve("home");
    this.out = root.resolve("results");
    this.input = root.resolve("world.csv");
  }

  void clear() {
    try {
      delete(home);
      delete(out);
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (Stream<Path> all = Files.walk(path)) {
          for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(each);
          }
        }
      } else {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeInput(String csv) {
    try {
      Files.writeString(input, csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files as they are now, for the time after a death. */
  Map<Path, byte[]> snapshot() {
    Map<Path, byte[]> files = new TreeMap<>();
    for (Path directory : List.of(home, out)) {
      for (Path file : files(directory)) {
        try {
          files.put(file, Files.readAllBytes(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return files;
  }

  /** Undoes what a dead process did on its way out. */
  void restore(Map<Path, byte[]> files) {
    try {
      for (Path directory : List.of(home, out)) {
        for (Path file : files(directory)) {
          if (!files.containsKey(file)) {
            Files.delete(file);
          }
        }
      }
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        boolean same =
            Files.exists(file.getKey())
                && Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue());
        if (!same) {
          Files.createDirectories(file.getKey().getParent());
          Files.write(file.getKey(), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids in the rescue file. */
  List<String> rescued() {
    return jsonLines(home.resolve("rescue.jsonl")).stream()
        .map(line -> line.path("task").asString())
        .toList();
  }

  boolean hasDamagedRescue() {
    return Files.exists(home.resolve("rescue.jsonl.damaged"));
  }

  /** The report's lines. */
  List<JsonNode> reported() {
    return jsonLines(out.resolve("results.jsonl"));
  }

  boolean isMarkedUnfinished() {
    return Files.exists(out.resolve("UNFINISHED.txt"));
  }

  private static List<JsonNode> jsonLines(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    // The rescue file is mostly room: what is in it stands at its beginning.
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
      return text.stripTrailing().lines().map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
