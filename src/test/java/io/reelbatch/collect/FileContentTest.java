package io.reelbatch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {

  private static final byte[] FTYP = box("ftyp", "isom0000".getBytes(StandardCharsets.US_ASCII));
  private static final byte[] MOOV = box("moov", new byte[40]);
  private static final byte[] MDAT = box("mdat", new byte[500]);

  @TempDir Path folder;

  @Test
  void aPlayableClipIsAVideo() {
    assertThat(content(clip())).isEqualTo(new FileContent.Video(".mp4"));
  }

  @Test
  void aClipCutAnywhereIsNone() throws IOException {
    Path file = folder.resolve("clip");
    Files.write(file, clip());
    try (RandomAccessFile clip = new RandomAccessFile(file.toFile(), "rw")) {
      for (long length = clip.length() - 1; length >= 0; length--) {
        clip.setLength(length);
        assertThat(FileContent.of(file))
            .as("the first %d bytes", length)
            .isInstanceOf(FileContent.Wrong.class);
      }
    }
  }

  @Test
  void theIndexMayStandBeforeOrAfterThePictures() {
    assertThat(content(FTYP, MOOV, MDAT)).isEqualTo(new FileContent.Video(".mp4"));
    assertThat(content(FTYP, MDAT, MOOV)).isEqualTo(new FileContent.Video(".mp4"));
    assertThat(content(FTYP, box("free", new byte[9]), MOOV, MDAT))
        .isEqualTo(new FileContent.Video(".mp4"));
  }

  @Test
  void withoutIndexOrPicturesItIsNone() {
    assertThat(problem(FTYP, MDAT)).contains("'moov'");
    assertThat(problem(FTYP, MOOV)).contains("'mdat'");
  }

  @Test
  void theLastBoxMayReachToTheEnd() {
    byte[] open = MDAT.clone();
    ByteBuffer.wrap(open).putInt(0, 0);

    assertThat(content(FTYP, MOOV, open)).isEqualTo(new FileContent.Video(".mp4"));
  }

  @Test
  void aLongSizeIsRead() {
    byte[] body = new byte[100];
    byte[] large = new byte[16 + body.length];
    ByteBuffer.wrap(large).putInt(1).put("mdat".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer.wrap(large).putLong(8, large.length);

    assertThat(content(FTYP, MOOV, large)).isEqualTo(new FileContent.Video(".mp4"));
    assertThat(problem(FTYP, MOOV, Arrays.copyOf(large, 12))).contains("cut within");
    assertThat(problem(FTYP, MOOV, Arrays.copyOf(large, 60))).contains("beyond the end");
    ByteBuffer.wrap(large).putLong(8, -1);
    assertThat(problem(FTYP, MOOV, large)).contains("damaged");
  }

  @Test
  void aBoxSmallerThanItsHeadIsDamaged() {
    byte[] tiny = MOOV.clone();
    ByteBuffer.wrap(tiny).putInt(0, 4);

    assertThat(problem(FTYP, tiny, MDAT)).contains("damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html><body>expired</body></html>", "{\"error\":{}}", "", "ftypmoovmdat"})
  void textIsNoVideo(String text) {
    assertThat(content(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(FileContent.Wrong.class);
  }

  @Test
  void otherVideosAreKnownByTheirFirstBytes() {
    byte[] packets = new byte[400];
    packets[0] = packets[188] = packets[376] = 0x47;

    assertThat(content(new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3}, ascii("..webm..")))
        .isEqualTo(new FileContent.Video(".webm"));
    assertThat(content(new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3}, ascii("matroska")))
        .isEqualTo(new FileContent.Video(".mkv"));
    assertThat(content(ascii("RIFF....AVI LIST"))).isEqualTo(new FileContent.Video(".avi"));
    assertThat(content(ascii("FLV\u0001...."))).isEqualTo(new FileContent.Video(".flv"));
    assertThat(content(packets)).isEqualTo(new FileContent.Video(".ts"));
    assertThat(content(ascii("RIFF....WAVEfmt "))).isInstanceOf(FileContent.Wrong.class);
    assertThat(content(ascii("GIF89a"))).isInstanceOf(FileContent.Wrong.class);
  }

  private String problem(byte[]... parts) {
    return ((FileContent.Wrong) content(parts)).problem();
  }

  private FileContent content(byte[]... parts) {
    try {
      Path file = folder.resolve("file");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        all.write(part);
      }
      Files.write(file, all.toByteArray());
      return FileContent.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] box(String type, byte[] body) {
    return ByteBuffer.allocate(8 + body.length)
        .putInt(8 + body.length)
        .put(ascii(type))
        .put(body)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] clip() {
    try (InputStream in =
        Objects.requireNonNull(Simulator.class.getResourceAsStream("clip.mp4"), "no clip")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
