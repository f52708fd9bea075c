package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What a file is, by what stands in it: people rename files. */
enum FileFormat {
  /** A CSV, whatever separates its cells. */
  TEXT,
  /** A workbook of Excel 2007 or newer, as WPS and LibreOffice write it too. */
  WORKBOOK;

  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] OLE2 = HexFormat.of().parseHex("d0cf11e0a1b11ae1");
  private static final Message INSTEAD =
      Message.of("; save it as \"Excel Workbook (.xlsx)\" or as \"CSV UTF-8\", and try again");

  /**
   * The format of a file.
   *
   * @throws UnreadableInputException if it is a format that is known and not read
   */
  static FileFormat of(Path file) throws IOException {
    byte[] start;
    try (InputStream bytes = Files.newInputStream(file)) {
      start = bytes.readNBytes(OLE2.length);
    }
    if (Arrays.equals(start, OLE2)) {
      throw unreadable(
          name(file).endsWith(".xls")
              ? Message.of("the file is a workbook of an old Excel (.xls){0}", INSTEAD)
              : Message.of(
                  "the file is a workbook that is protected with a password, or one of an old Excel"
                      + " (.xls); save it without a password as \"Excel Workbook (.xlsx)\" or as"
                      + " \"CSV UTF-8\", and try again"));
    }
    return start.length > 3 && Arrays.equals(start, 0, 2, ZIP, 0, 2) && start[2] < ' '
        ? archive(file)
        : TEXT;
  }

  private static FileFormat archive(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      boolean workbook = false;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        String name = entries.nextElement().getName().toLowerCase(Locale.ROOT);
        if (name.equals("xl/workbook.bin")) {
          throw unreadable(Message.of("the file is a binary workbook (.xlsb){0}", INSTEAD));
        }
        workbook |= name.startsWith("xl/");
      }
      if (workbook) {
        return WORKBOOK;
      }
      throw unreadable(
          zip.getEntry("content.xml") != null && zip.getEntry("mimetype") != null
              ? Message.of("the file is a workbook in OpenDocument format (.ods){0}", INSTEAD)
              : zip.getEntry("Index/Document.iwa") != null || zip.getEntry("Index.zip") != null
                  ? Message.of("the file is a workbook of Numbers{0}", INSTEAD)
                  : Message.of("the file is an archive without a workbook in it{0}", INSTEAD));
    } catch (ZipException e) {
      throw unreadable(
          Message.of("the file is a workbook that is damaged ({0}){1}", e.getMessage(), INSTEAD));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static UnreadableInputException unreadable(Message problem) {
    return new UnreadableInputException(new LineError(1, problem));
  }
}
