package io.reelbatch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.VideoFile;
import io.reelbatch.ledger.VideoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {

  private static final FileContent.Video MP4 = new FileContent.Video(".mp4");

  @TempDir Path results;
  private Shelf shelf;

  @BeforeEach
  void open() {
    shelf = shelf("videos", 0);
  }

  @Test
  void aFileIsNamedRelativeToTheResults() throws IOException {
    assertThat(shelf.choose(video("a", "kite"))).isEqualTo("videos/a-kite.mp4");
  }

  @Test
  void aFolderElsewhereIsNamedInFull(@TempDir Path elsewhere) throws IOException {
    assertThat(shelf(elsewhere.toString(), 0).choose(video("a", "kite")))
        .isEqualTo(elsewhere.resolve("a-kite.mp4").toString());
  }

  @Test
  void twoRowsOfOneNameGetTwoFiles() throws IOException {
    String first = shelf.choose(video("a-b", "c"));
    String second = shelf.choose(video("a", "b-c"));

    assertThat(first).isEqualTo("videos/a-b-c.mp4");
    assertThat(second).startsWith("videos/a-b-c-").isNotEqualTo(first);
  }

  @Test
  void namesThatDifferInCaseAloneAreOneName() throws IOException {
    shelf.choose(video("A", "kite"));

    assertThat(shelf.choose(video("a", "Kite"))).startsWith("videos/a-Kite-");
  }

  @Test
  void aFileOfSomebodyElseIsNeverReplaced() throws IOException {
    Files.createDirectories(results.resolve("videos"));
    Files.writeString(results.resolve("videos/a-kite.mp4"), "mine");

    assertThat(shelf.choose(video("a", "kite"))).startsWith("videos/a-kite-");
  }

  @Test
  void aFileThatWasBegunKeepsItsName() throws IOException {
    VideoRecord begun = video("a", "kite").in("videos/a-kite.mp4", 10L, null);
    Files.createDirectories(results.resolve("videos"));
    Files.writeString(shelf.part("videos/a-kite.mp4"), "half");

    assertThat(shelf.choose(begun)).isEqualTo("videos/a-kite.mp4");
  }

  @Test
  void anotherKindOfVideoGetsItsOwnEnding() throws IOException {
    VideoRecord begun = begun(new byte[] {1, 2, 3});

    VideoFile file = shelf.publish(begun, "videos/a-kite.mp4", new FileContent.Video(".webm"));

    assertThat(file.file()).isEqualTo("videos/a-kite.webm");
    assertThat(results.resolve(file.file())).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void aFileIsKnownByItsHashAndItsPartIsGone() throws IOException {
    VideoRecord begun = begun("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    VideoFile file = shelf.publish(begun, "videos/a-kite.mp4", MP4);

    assertThat(file)
        .isEqualTo(
            new VideoFile(
                "videos/a-kite.mp4",
                3L,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(shelf.part("videos/a-kite.mp4")).doesNotExist();
  }

  @Test
  void aVideoIsLackingUntilItsFileIsThereInItsLength() throws IOException {
    VideoRecord fetched = fetched("videos/a-kite.mp4", 3);
    assertThat(shelf.lacks(video("a", "kite"))).isTrue();
    assertThat(shelf.lacks(fetched)).isTrue();

    Files.createDirectories(results.resolve("videos"));
    Files.write(results.resolve("videos/a-kite.mp4"), new byte[3]);
    assertThat(shelf.lacks(fetched)).isFalse();

    Files.write(results.resolve("videos/a-kite.mp4"), new byte[4]);
    assertThat(shelf.lacks(fetched)).isTrue();
  }

  @Test
  void aWholeFileOfARunThatDiedIsTakenOver() throws IOException {
    byte[] clip = FileContentTest.clip();
    Files.createDirectories(results.resolve("videos"));
    Files.write(results.resolve("videos/a-kite.mp4"), clip);
    VideoRecord begun = video("a", "kite").in("videos/a-kite.mp4", (long) clip.length, null);

    assertThat(shelf.leftBehind(begun)).isPresent();
    assertThat(shelf.leftBehind(begun.in("videos/a-kite.mp4", 7L, null))).isEmpty();
    Files.write(results.resolve("videos/a-kite.mp4"), new byte[clip.length]);
    assertThat(shelf.leftBehind(begun)).isEmpty();
    assertThat(shelf.leftBehind(video("a", "kite"))).isEmpty();
  }

  @Test
  void roomThatWasPromisedIsNotPromisedTwice() throws IOException {
    Files.createDirectories(results.resolve("videos"));
    long free = Files.getFileStore(results).getUsableSpace();

    assertThat(shelf.promise(free / 10 * 6)).isTrue();
    assertThat(shelf.promise(free / 10 * 6)).isFalse();
    assertThat(shelf.trouble()).hasValueSatisfying(text -> assertThat(text).contains("no room"));

    shelf.settle(free / 10 * 6);
    assertThat(shelf.promise(free / 10 * 6)).isTrue();
  }

  private Shelf shelf(String folder, long keepFree) {
    return new Shelf(results, Path.of(folder), new VideoName("{id}-{prompt}"), keepFree);
  }

  private VideoRecord begun(byte[] bytes) throws IOException {
    VideoRecord video = video("a", "kite");
    String file = shelf.choose(video);
    Files.write(shelf.part(file), bytes);
    return video.in(file, (long) bytes.length, null);
  }

  private static VideoRecord fetched(String file, long bytes) {
    VideoRecord video = video("a", "kite");
    return new VideoRecord(
        video.id(),
        video.task(),
        video.row(),
        video.taskId(),
        video.account(),
        video.order(),
        video.link(),
        video.expiresAt(),
        video.finishedAt(),
        file,
        bytes,
        null,
        "ba78");
  }

  private static VideoRecord video(String key, String prompt) {
    return VideoNameTest.video(key, prompt);
  }
}
