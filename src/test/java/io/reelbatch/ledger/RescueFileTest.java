package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Operation;
import io.reelbatch.model.Order;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rescue file keeps ids through a full disk, a torn line and an interrupted thread. */
class RescueFileTest {

  private static final int ROOM = 1 << 18;

  Path path;

  @BeforeEach
  void aHome(@TempDir Path home) {
    path = home.resolve("rescue.jsonl");
  }

  @Test
  void itsRoomIsReservedWhenItIsMade() throws IOException {
    new RescueFile(path);

    assertThat(Files.size(path)).isEqualTo(ROOM);
  }

  @Test
  void itIsForTheUserAlone() throws IOException {
    RescueFile file = new RescueFile(path);
    keep(file, 1, "task_1");
    file.setAside(List.of("odd"));

    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(permissions(path.resolveSibling("rescue.jsonl.damaged"))).isEqualTo("rw-------");
    file.clear();
    assertThat(permissions(path)).isEqualTo("rw-------");
  }

  @Test
  void keepingDoesNotMakeTheFileLarger() throws IOException {
    RescueFile file = new RescueFile(path);

    for (int i = 0; i < 100; i++) {
      keep(file, i, "task_" + i);
    }

    assertThat(Files.size(path)).isEqualTo(ROOM);
    assertThat(kept(new RescueFile(path))).hasSize(100).startsWith("task_0").endsWith("task_99");
  }

  @Test
  void aFullFileGrows() throws IOException {
    RescueFile file = new RescueFile(path);
    String id = "t".repeat(5000);

    for (int i = 0; i < 100; i++) {
      keep(file, i, id + i);
    }

    assertThat(Files.size(path)).isGreaterThan(ROOM);
    assertThat(kept(new RescueFile(path))).hasSize(100).contains(id + "99");
    file.clear();
    assertThat(kept(new RescueFile(path))).isEmpty();
    assertThat(Files.size(path)).isEqualTo(ROOM);
  }

  @Test
  void anIdComesBackCharacterByCharacter() {
    for (String id : List.of("grok:é🎬/%25", "a\0b", "half\uD800", "two\nlines", "\"\\")) {
      RescueFile file = new RescueFile(path);
      keep(file, 1, id);

      assertThat(kept(new RescueFile(path))).containsExactly(id);
      file.clear();
    }
  }

  @Test
  void idsKeptByLaterRunsStandBesideTheEarlier() {
    keep(new RescueFile(path), 1, "task_1");
    keep(new RescueFile(path), 2, "task_2");

    assertThat(kept(new RescueFile(path))).containsExactly("task_1", "task_2");
  }

  @Test
  void everyPossibleTearOfTheLastLineLeavesTheOthersReadable() throws IOException {
    RescueFile whole = new RescueFile(path);
    keep(whole, 1, "task_1");
    int first = used();
    keep(whole, 2, "task_é");
    byte[] bytes = Files.readAllBytes(path);
    for (int torn = first; torn < used(bytes); torn++) {
      byte[] left = bytes.clone();
      java.util.Arrays.fill(left, torn, left.length, (byte) ' ');
      Files.write(path, left);

      RescueFile file = new RescueFile(path);
      keep(file, 3, "task_3");

      RescueFile.Content content = new RescueFile(path).read();
      assertThat(content.kept())
          .extracting(kept -> kept.task().value())
          .as("torn at %s", torn)
          .startsWith("task_1")
          .endsWith("task_3");
      assertThat(content.kept().size() + content.damaged().size()).isBetween(2, 3);
    }
  }

  @Test
  void aLineThatThePowerCutMadeNothingIsTold() throws IOException {
    RescueFile file = new RescueFile(path);
    keep(file, 1, "task_1");
    byte[] bytes = Files.readAllBytes(path);
    java.util.Arrays.fill(bytes, 0, 40, (byte) 0);
    Files.write(path, bytes);

    RescueFile.Content content = new RescueFile(path).read();

    assertThat(content.kept()).isEmpty();
    assertThat(content.damaged()).hasSize(1);
    assertThat(content.damaged().get(0)).contains("task_1");
  }

  @Test
  void otherBytesThanOursDoNotStopTheStart() throws IOException {
    keep(new RescueFile(path), 1, "task_1");
    byte[] bytes = Files.readAllBytes(path);
    bytes[used() + 5] = (byte) 0xC3;
    Files.write(path, bytes);

    assertThat(kept(new RescueFile(path))).containsExactly("task_1");
  }

  @Test
  void anInterruptedThreadKeepsItsIdAndStaysInterrupted() {
    RescueFile file = new RescueFile(path);
    Thread.currentThread().interrupt();

    keep(file, 1, "task_1");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(kept(new RescueFile(path))).containsExactly("task_1");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidInsteadOfThrown() throws IOException {
    RescueFile file = new RescueFile(path);
    Files.delete(path);
    Files.createDirectory(path);

    assertThat(keep(file, 1, "task_1")).contains("could not be kept");
  }

  @Test
  void aHomeThatTakesNoFileStopsTheStart() {
    assertThatThrownBy(() -> new RescueFile(path.resolve("nowhere").resolve("rescue.jsonl")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot make the rescue file");
  }

  private static String keep(RescueFile file, long row, String task) {
    return file.keep(
        new Attempt(
            row,
            new RowKey("row-" + row),
            1,
            1,
            new Order(Operation.CREATE, "m", "p", Map.of()),
            null,
            AccountName.DEFAULT),
        new TaskId(task),
        LedgerWorld.NOW);
  }

  private static List<String> kept(RescueFile file) {
    return file.read().kept().stream().map(kept -> kept.task().value()).toList();
  }

  private int used() throws IOException {
    return used(Files.readAllBytes(path));
  }

  private static int used(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing().length();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
