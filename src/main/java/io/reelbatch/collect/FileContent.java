package io.reelbatch.collect;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a file is by its own bytes, whatever a server called it. An MP4 is walked from box to box: a
 * cut one has a box that reaches beyond its end, or lacks its index or its pictures.
 */
sealed interface FileContent {

  /** A whole video, as far as its structure tells. */
  record Video(String ending) implements FileContent {}

  /** Something else, or a part of a video. */
  record Wrong(String problem) implements FileContent {}

  /**
   * Looks into a file.
   *
   * @throws IOException if it cannot be read
   */
  static FileContent of(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] start = new byte[(int) Math.min(512, file.length())];
      file.readFully(start);
      if (startsWith(start, 4, "ftyp")) {
        return Boxes.walk(file);
      }
      String ending = endingByMagic(start);
      return ending == null ? new Wrong("it is no video: " + look(start)) : new Video(ending);
    }
  }

  private static @org.jspecify.annotations.Nullable String endingByMagic(byte[] start) {
    if (start.length >= 4 && HexFormat.of().formatHex(start, 0, 4).equals("1a45dfa3")) {
      return new String(start, StandardCharsets.ISO_8859_1).contains("webm") ? ".webm" : ".mkv";
    }
    if (startsWith(start, 0, "RIFF") && startsWith(start, 8, "AVI ")) {
      return ".avi";
    }
    if (startsWith(start, 0, "FLV\u0001")) {
      return ".flv";
    }
    boolean packets = start.length > 376 && start[0] == 0x47 && start[188] == 0x47;
    return packets && start[376] == 0x47 ? ".ts" : null;
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + wanted.length
        && Arrays.equals(Arrays.copyOfRange(bytes, at, at + wanted.length), wanted);
  }

  private static String look(byte[] start) {
    if (start.length == 0) {
      return "it is empty";
    }
    int shown = Math.min(40, start.length);
    String text = new String(start, 0, shown, StandardCharsets.ISO_8859_1);
    return "it begins with " + text.replaceAll("[^ -~]", ".");
  }

  /** The boxes of an MP4 or QuickTime file. */
  final class Boxes {

    private static final int SHORT_HEAD = 8;
    private static final int LONG_HEAD = 16;
    private static final int MOST = 1_000_000;

    private Boxes() {}

    static FileContent walk(RandomAccessFile file) throws IOException {
      long length = file.length();
      Set<String> found = new LinkedHashSet<>();
      long at = 0;
      for (int n = 0; length - at >= SHORT_HEAD; n++) {
        file.seek(at);
        long size = file.readInt() & 0xffffffffL;
        byte[] name = new byte[4];
        file.readFully(name);
        String type = new String(name, StandardCharsets.ISO_8859_1);
        int head = SHORT_HEAD;
        if (size == 1) {
          if (length - at < LONG_HEAD) {
            return new Wrong("it is cut within its '" + type + "' box");
          }
          size = file.readLong();
          head = LONG_HEAD;
        } else if (size == 0) {
          size = length - at; // the last box may reach to the end
        }
        if (size < head || n > MOST) {
          return new Wrong("it is damaged at byte " + at);
        }
        if (size > length - at) {
          return new Wrong("it is cut: its '" + type + "' box reaches beyond the end");
        }
        found.add(type);
        at += size;
      }
      if (!found.contains("moov")) {
        return new Wrong("it is no whole video: it has no 'moov' box");
      }
      return found.contains("mdat")
          ? new Video(".mp4")
          : new Wrong("it is no whole video: it has no 'mdat' box");
    }
  }
}
