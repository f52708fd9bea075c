package io.reelbatch.csv;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a workbook once before any of its rows is used, so that damage in its last row is
 * found before its first one is sent, and refuses what the library that reads it would take on
 * until the memory is full: archives that unpack to anything, cells in column ZZZZZZ, references to
 * the shared text number two billion. Takes no more memory for a large workbook than for a small
 * one.
 */
final class WorkbookGuard {

  private static final long MOST_UNPACKED = 1L << 30;
  private static final int MOST_PARTS = 10_000;
  private static final int MOST_ROWS = 1_048_576; // Excel's own limits, as the columns
  private static final int MOST_COLUMNS = 16_384;
  private static final int MOST_CHARACTERS = 100_000; // of one text; Excel's limit is 32,767
  private static final int MOST_BETWEEN_TAGS = 1024 * 1024;
  private static final int MOST_NESTED = 100;
  private static final int MOST_ARRAY_FORMULAS = 20_000;
  private static final int MOST_LISTED = 500_000;
  private static final int BYTES_OF_A_TEXT = 56; // that it takes beyond its characters

  private static final Pattern PLACE = Pattern.compile("([A-Z]{1,10})([0-9]{1,9})");

  /** Elements of which the library keeps a list. */
  private static final Set<String> LISTED =
      Set.of("xf", "numFmt", "sheet", "Relationship", "Override");

  private final XMLInputFactory factory = new InputFactoryImpl();
  private final long mostUnpacked;
  private final long mostSharedBytes;
  private long unpacked;
  private long listed;
  private long sharedTexts;
  private long sharedBytes;
  private long highestShared = -1;
  private long highestSharedRow;

  private WorkbookGuard(long mostUnpacked, long mostSharedBytes) {
    this.mostUnpacked = mostUnpacked;
    this.mostSharedBytes = mostSharedBytes;
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  /**
   * Goes through it.
   *
   * @throws UnreadableInputException if it is damaged, or larger than a workbook can be
   */
  static void check(Path file) throws IOException {
    check(file, MOST_UNPACKED, Runtime.getRuntime().maxMemory() / 2);
  }

  static void check(Path file, long mostUnpacked, long mostSharedBytes) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      new WorkbookGuard(mostUnpacked, mostSharedBytes).check(zip);
    } catch (ZipException | EOFException e) {
      throw damaged(1, Message.verbatim(String.valueOf(e.getMessage())));
    }
  }

  private void check(ZipFile zip) throws IOException {
    if (zip.size() > MOST_PARTS) {
      throw tooLarge(1, Message.of("more than {0} parts", MOST_PARTS));
    }
    Set<String> names = new HashSet<>();
    Enumeration<? extends ZipEntry> parts = zip.entries();
    while (parts.hasMoreElements()) {
      ZipEntry part = parts.nextElement();
      String name = part.getName().toLowerCase(Locale.ROOT);
      if (!names.add(name)) {
        throw damaged(1, Message.of("it has two parts named {0}", name));
      }
      try (PartBytes bytes = new PartBytes(zip.getInputStream(part))) {
        check(name, bytes);
        bytes.drain();
        if (bytes.sum() != part.getCrc()) {
          throw damaged(1, Message.of("the checksum of {0} is wrong", name));
        }
      }
    }
    if (highestShared >= sharedTexts) {
      throw damaged(highestSharedRow, Message.of("a cell holds a text that is not there"));
    }
  }

  /** Any part may be called a sheet by another, whatever its name; pictures are no XML. */
  private void check(String name, PartBytes bytes) throws IOException {
    try {
      new Part(factory.createXMLStreamReader(bytes)).walk();
    } catch (XMLStreamException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException failure) {
          throw failure;
        }
      }
      if (name.endsWith(".xml") || name.endsWith(".rels")) {
        throw damaged(1, Message.verbatim(name + ": " + e.getMessage()));
      }
    }
  }

  /** One part that is XML, while it is gone through. */
  private final class Part {

    private final XMLStreamReader xml;
    private boolean inSharedTexts;
    private int nested;
    private long row;
    private long rows;
    private int cells;
    private int characters;
    private int formulas;
    private boolean isShared;
    private @Nullable StringBuilder number;

    Part(XMLStreamReader xml) {
      this.xml = xml;
    }

    void walk() throws XMLStreamException, IOException {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD ->
              throw damaged(1, Message.of("it declares a document type"));
          case XMLStreamConstants.ENTITY_REFERENCE ->
              throw damaged(at(), Message.of("it refers to an entity"));
          case XMLStreamConstants.START_ELEMENT -> begins(xml.getLocalName());
          case XMLStreamConstants.END_ELEMENT -> ends(xml.getLocalName());
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              text();
          default -> {}
        }
      }
    }

    private void begins(String name) throws IOException {
      nested++;
      if (nested > MOST_NESTED) {
        throw damaged(at(), Message.of("its elements are nested more than {0} deep", MOST_NESTED));
      }
      if (LISTED.contains(name) && ++listed > MOST_LISTED) {
        throw tooLarge(1, Message.of("more than {0} formats and parts", MOST_LISTED));
      }
      switch (name) {
        case "sst" -> inSharedTexts = true;
        case "si" -> {
          sharedTexts++;
          shared(BYTES_OF_A_TEXT);
          characters = 0;
        }
        case "row" -> row();
        case "c" -> cell();
        case "f" -> {
          if (xml.getAttributeValue(null, "ref") != null && ++formulas > MOST_ARRAY_FORMULAS) {
            throw tooLarge(at(), Message.of("more than {0} array formulas", MOST_ARRAY_FORMULAS));
          }
          characters = 0;
        }
        case "v" -> {
          characters = 0;
          number = isShared ? new StringBuilder() : null;
        }
        default -> {}
      }
    }

    private void ends(String name) throws IOException {
      nested--;
      if (name.equals("v") && number != null && !number.isEmpty()) {
        long text = whole(number.toString());
        if (text > highestShared) {
          highestShared = text;
          highestSharedRow = at();
        }
        number = null;
      }
    }

    private void row() throws IOException {
      String written = xml.getAttributeValue(null, "r");
      long before = row;
      row = written == null ? row + 1 : whole(written);
      rows++;
      if (row > MOST_ROWS || rows > MOST_ROWS) {
        throw tooLarge(1, Message.of("more than {0} rows", MOST_ROWS));
      }
      if (row <= before) {
        throw damaged(before, Message.of("row {0} comes after it", row));
      }
      cells = 0;
    }

    private void cell() throws IOException {
      String place = xml.getAttributeValue(null, "r");
      cells++;
      characters = 0;
      isShared = "s".equals(xml.getAttributeValue(null, "t"));
      if (cells > MOST_COLUMNS || (place != null && column(place) > MOST_COLUMNS)) {
        throw tooLarge(at(), Message.of("more than {0} columns", MOST_COLUMNS));
      }
    }

    private long column(String place) throws IOException {
      Matcher said = PLACE.matcher(place);
      if (!said.matches() || whole(said.group(2)) != row) {
        throw damaged(at(), Message.of("a cell there says that it is {0}", place));
      }
      long column = 0;
      for (char letter : said.group(1).toCharArray()) {
        column = column * 26 + letter - 'A' + 1;
      }
      return column;
    }

    private void text() throws IOException {
      characters += xml.getTextLength();
      if (inSharedTexts) {
        shared(bytes(xml.getText()));
      }
      if (number != null) {
        number.append(xml.getText());
      }
      if (characters > MOST_CHARACTERS && (row > 0 || inSharedTexts)) {
        throw tooLarge(at(), Message.of("a text of more than {0} characters", MOST_CHARACTERS));
      }
    }

    private void shared(long bytes) throws IOException {
      sharedBytes += inSharedTexts ? bytes : 0;
      if (sharedBytes > mostSharedBytes) {
        throw tooLarge(1, Message.of("more text than this program has memory for"));
      }
    }

    private long whole(String digits) throws IOException {
      if (!digits.matches("[0-9]{1,9}")) {
        throw damaged(
            at(),
            Message.of("\"{0}\" is no number", digits.substring(0, Math.min(20, digits.length()))));
      }
      return Long.parseLong(digits);
    }

    private long at() {
      return Math.max(1, row);
    }
  }

  /** What a text takes in memory, where one character beyond Latin 1 makes all of them wide. */
  private static long bytes(String text) {
    boolean wide = text.chars().anyMatch(c -> c > 0xFF);
    return wide ? 2L * text.length() : text.length();
  }

  /** The bytes of one part; counts them, and those that come without a tag. */
  private final class PartBytes extends InputStream {

    private final InputStream bytes;
    private final CRC32 sum = new CRC32();
    private int sinceTag;
    private boolean drained;

    PartBytes(InputStream bytes) {
      this.bytes = bytes;
    }

    long sum() {
      return sum.getValue();
    }

    /** Reads what is left, which nobody takes for XML. */
    void drain() throws IOException {
      drained = true;
      transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = bytes.read(into, from, most);
      if (read <= 0) {
        return read;
      }
      sum.update(into, from, read);
      unpacked += read;
      for (int i = from; i < from + read; i++) {
        sinceTag = into[i] == '<' ? 0 : sinceTag + 1;
        if (sinceTag > MOST_BETWEEN_TAGS && !drained) {
          throw tooLarge(1, Message.of("a text of more than 1 MiB"));
        }
      }
      if (unpacked > mostUnpacked) {
        throw tooLarge(1, Message.of("more than {0} MiB when it is unpacked", mostUnpacked >> 20));
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  private static UnreadableInputException damaged(long line, Message problem) {
    return unreadable(
        line,
        Message.of(
            "the workbook is damaged ({0}); open it in Excel, save it anew and try again",
            problem));
  }

  private static UnreadableInputException tooLarge(long line, Message what) {
    return unreadable(
        line,
        Message.of("the workbook has {0}; save the sheet as \"CSV UTF-8\" and try again", what));
  }

  private static UnreadableInputException unreadable(long line, Message problem) {
    return new UnreadableInputException(new LineError(line, problem));
  }
}
