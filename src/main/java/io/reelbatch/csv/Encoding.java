package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds out in which encoding a file is.
 *
 * <p>What is wrongly guessed is sent as a garbled prompt and paid for. So UTF-8 and UTF-16 are told
 * from their own marks and rules; anything else is a library's guess, which the file must obey to
 * its last byte and which a person is told of.
 */
final class Encoding {

  /** The Chinese encodings: of each, GB18030 knows all characters and all bytes. */
  static final Charset CHINESE = Charset.forName("GB18030");

  private static final int BUFFER = 64 * 1024;

  private Encoding() {}

  /**
   * The encoding of a file.
   *
   * @throws UnreadableInputException if it cannot be told, or if the file is no text
   */
  static Charset of(Path file) throws IOException {
    Charset marked = marked(file);
    if (marked != null) {
      return marked;
    }
    return isAll(file, StandardCharsets.UTF_8) ? StandardCharsets.UTF_8 : guessed(file);
  }

  static boolean isUtf16(Charset charset) {
    return charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE);
  }

  private static @Nullable Charset marked(Path file) throws IOException {
    byte[] start;
    try (InputStream bytes = Files.newInputStream(file)) {
      start = bytes.readNBytes(2);
    }
    if (startsWith(start, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    if (startsWith(start, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    return null;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAll(Path file, Charset charset) throws IOException {
    try (Reader text = new InputStreamReader(Files.newInputStream(file), charset.newDecoder())) {
      char[] buffer = new char[BUFFER];
      int read = text.read(buffer);
      while (read >= 0) {
        read = text.read(buffer);
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Charset guessed(Path file) throws IOException {
    Charset guess = guess(file);
    if (CHINESE.equals(guess)) {
      return CHINESE;
    }
    // Short texts of one of them look like the other to anybody.
    boolean perhapsChinese = isAll(file, Charset.forName("GBK"));
    if (guess != null && !perhapsChinese) {
      return guess;
    }
    throw unreadable(
        Message.of(
            "the file is not UTF-8, and what it is cannot be told for sure{0}; save it as \"CSV"
                + " UTF-8\", or name its encoding, for example --charset GB18030 for Excel on"
                + " Chinese Windows",
            guess == null ? Message.NOTHING : Message.of(" ({0} or GB18030)", guess.name())));
  }

  private static @Nullable Charset guess(Path file) throws IOException {
    UniversalDetector detector = new UniversalDetector();
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      int read = bytes.read(buffer);
      while (read > 0 && !detector.isDone()) {
        detector.handleData(buffer, 0, read);
        read = bytes.read(buffer);
      }
    }
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    if (name == null || !Charset.isSupported(name)) {
      return hasChineseHeader(file) ? CHINESE : null;
    }
    return name.startsWith("GB") || hasChineseHeader(file) ? CHINESE : Charset.forName(name);
  }

  /**
   * Whether the first line, read so, names a column in Chinese: no other encoding comes to that.
   */
  private static boolean hasChineseHeader(Path file) throws IOException {
    try (TextLines lines = new TextLines(file, CHINESE)) {
      String header = lines.next();
      return header != null
          && Arrays.stream(header.split("[,;\t]"))
              .map(cell -> Cell.clean(cell.replace("\"", "")))
              .anyMatch(
                  name ->
                      name.codePoints().anyMatch(Character::isIdeographic)
                          && Column.named(name).isPresent());
    } catch (UnreadableInputException e) {
      return false;
    }
  }

  private static UnreadableInputException unreadable(Message problem) {
    return new UnreadableInputException(new LineError(1, problem));
  }
}
