package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file, whatever ends them (CR LF, LF or CR), and the digest of its bytes.
 *
 * <p>Bytes are split before they are decoded, so that the line of a wrong byte is known: neither CR
 * nor LF is ever part of a longer character of UTF-8, GB18030 and their like. UTF-16 is split by
 * its pairs of bytes.
 */
final class TextLines implements AutoCloseable {

  private static final int LONGEST_LINE = 4 * 1024 * 1024;
  private static final int END = -1;

  private final MessageDigest sha256 = sha256();
  private final BufferedInputStream bytes;
  private final Charset charset;
  private final int width;
  private final boolean highFirst;
  private long number;
  private @Nullable String digest;

  TextLines(Path file, Charset charset) throws IOException {
    bytes = new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), sha256));
    this.charset = charset;
    width = Encoding.isUtf16(charset) ? 2 : 1;
    highFirst = charset.equals(StandardCharsets.UTF_16BE);
  }

  /**
   * The next line without its end; null after the last.
   *
   * @throws UnreadableInputException if it is not of the file's encoding, or so long that this is
   *     no CSV
   */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int b = unit(line);
    if (b == END) {
      if (digest == null) {
        digest = HexFormat.of().formatHex(sha256.digest());
      }
      return null;
    }
    number++;
    while (b != END && b != '\n' && b != '\r') {
      if (line.size() > LONGEST_LINE) {
        throw broken(Message.of("this line is longer than 4 MiB; is the file a CSV?"));
      }
      b = unit(line);
    }
    if (b == '\r') {
      bytes.mark(width);
      if (unit(new ByteArrayOutputStream(width)) != '\n') {
        bytes.reset();
      }
    }
    return decode(line.toByteArray());
  }

  /** Reads a byte, or a pair of them, and keeps it unless it ends the line. */
  private int unit(ByteArrayOutputStream line) throws IOException {
    int first = bytes.read();
    if (width == 1 || first == END) {
      if (first != END && first != '\n' && first != '\r') {
        line.write(first);
      }
      return first;
    }
    int second = bytes.read();
    int unit = highFirst ? first << 8 | second : second << 8 | first;
    if (second == END || (unit != '\n' && unit != '\r')) {
      line.write(first);
      if (second != END) {
        line.write(second);
      }
      return second == END ? first : unit; // half a pair: not of the encoding, as its line tells
    }
    return unit;
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
    String text;
    try {
      text = charset.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw broken(
          Message.of(
              "this line is not {0}; save the file as \"CSV UTF-8\", or name its encoding with"
                  + " --charset, and try again",
              charset.name()));
    }
    return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private UnreadableInputException broken(Message problem) {
    return new UnreadableInputException(new LineError(number, problem));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
