package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, whatever ends them (CR LF, LF or CR), and the digest of its bytes.
 *
 * <p>Bytes are split before they are decoded, so that the line of a wrong byte is known: neither CR
 * nor LF is ever part of a longer character of UTF-8.
 */
final class Utf8Lines implements AutoCloseable {

  private static final int LONGEST_LINE = 4 * 1024 * 1024;
  private static final int END = -1;

  private final MessageDigest sha256 = sha256();
  private final BufferedInputStream bytes;
  private long number;
  private @Nullable String digest;

  Utf8Lines(Path file) throws IOException {
    bytes = new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), sha256));
  }

  /**
   * The next line without its end; null after the last.
   *
   * @throws UnreadableInputException if it is not UTF-8, or so long that this is no CSV
   */
  @Nullable String next() throws IOException {
    int b = bytes.read();
    if (b == END) {
      if (digest == null) {
        digest = HexFormat.of().formatHex(sha256.digest());
      }
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (b != END && b != '\n' && b != '\r') {
      line.write(b);
      if (line.size() > LONGEST_LINE) {
        throw broken("this line is longer than 4 MiB; is the file a CSV?");
      }
      b = bytes.read();
    }
    if (b == '\r') {
      bytes.mark(1);
      if (bytes.read() != '\n') {
        bytes.reset();
      }
    }
    return decode(line.toByteArray());
  }

  /** The number of the line that came last, counted from 1. */
  long number() {
    return number;
  }

  /**
   * SHA-256 of all bytes of the file, in hex.
   *
   * @throws IllegalStateException before the last line was read
   */
  String digest() {
    if (digest == null) {
      throw new IllegalStateException("the file is not read to its end yet");
    }
    return digest;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private String decode(byte[] line) throws UnreadableInputException {
    if (number == 1) {
      refuseOtherFormats(line);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw broken(
          "this line is not UTF-8 (perhaps it is GBK?); save the file as \"CSV UTF-8\" and try"
              + " again");
    }
    return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private void refuseOtherFormats(byte[] start) throws UnreadableInputException {
    if (startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF)) {
      throw broken("the file is UTF-16; save it as \"CSV UTF-8\" and try again");
    }
    if (startsWith(start, 'P', 'K', 3, 4)) {
      throw broken("the file is a workbook, not a CSV; save it as \"CSV UTF-8\" and try again");
    }
  }

  private static boolean startsWith(byte[] line, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= line.length || (line[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private UnreadableInputException broken(String problem) {
    return new UnreadableInputException(new LineError(number, "", "", problem));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
