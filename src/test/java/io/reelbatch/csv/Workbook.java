package io.reelbatch.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks as Excel writes them, part by part, so that tests can spoil each part. */
public final class Workbook {

  static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private final Map<String, String> parts = new LinkedHashMap<>();
  private final List<String> formats = new ArrayList<>(List.of("General"));
  private final List<String> texts = new ArrayList<>();
  private final Map<String, String> sheets = new LinkedHashMap<>();
  private final StringBuilder rows = new StringBuilder();
  private int row;

  /** One without rows. */
  public Workbook() {}

  /** An empty one whose cells may have the formats of another's. */
  Workbook(Workbook other) {
    formats.clear();
    formats.addAll(other.formats);
  }

  /** One more sheet; what was added before stays on the sheet before. */
  public Workbook sheet(String name, String... cellsOfRows) {
    Workbook other = new Workbook();
    other.texts.addAll(texts);
    for (String line : cellsOfRows) {
      other.row((Object[]) line.split(",", -1));
    }
    texts.clear();
    texts.addAll(other.texts);
    sheets.put(name, sheetXml(other.rows.toString()));
    return this;
  }

  /** A row of the first sheet. Numbers, booleans and {@link Raw} cells as they are, else text. */
  public Workbook row(Object... cells) {
    return rowAt(row + 1, cells);
  }

  Workbook rowAt(int number, Object... cells) {
    row = number;
    rows.append("<row r=\"").append(number).append("\">");
    for (int i = 0; i < cells.length; i++) {
      rows.append(cell(column(i) + number, cells[i]));
    }
    rows.append("</row>");
    return this;
  }

  /** A cell whose inside is given: {@code <v>…} and what stands before it. */
  public record Raw(String attributes, String inside) {}

  static Raw formula(String attributes, String formula, String stored) {
    return new Raw(attributes, "<f>" + formula + "</f>" + stored);
  }

  public Raw number(String value, String format) {
    if (!formats.contains(format)) {
      formats.add(format);
    }
    return new Raw("s=\"" + formats.indexOf(format) + "\"", "<v>" + value + "</v>");
  }

  /** A part in the place of the usual one. */
  Workbook part(String name, String xml) {
    parts.put(name, xml);
    return this;
  }

  String rows() {
    return rows.toString();
  }

  static String sheetXml(String rows) {
    return xml("worksheet", "<sheetData>" + rows + "</sheetData>");
  }

  /** Writes it. */
  public Path write(Path file) {
    Map<String, String> all = new LinkedHashMap<>(parts());
    all.putAll(parts);
    try (OutputStream bytes = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> parts() {
    Map<String, String> all = new LinkedHashMap<>();
    StringBuilder types = new StringBuilder();
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    Map<String, String> every = new LinkedHashMap<>();
    every.put("Sheet1", sheetXml(rows.toString()));
    every.putAll(sheets);
    int n = 0;
    for (Map.Entry<String, String> sheet : every.entrySet()) {
      n++;
      all.put("xl/worksheets/sheet" + n + ".xml", sheet.getValue());
      list.append(
          "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>".formatted(sheet.getKey(), n, n));
      relations.append(
          "<Relationship Id=\"rId%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
              .formatted(n, RELATIONS, n));
    }
    String kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    for (String[] part :
        new String[][] {
          {"workbook", "sheet.main"}, {"sharedStrings", "sharedStrings"}, {"styles", "styles"}
        }) {
      types.append(
          "<Override PartName=\"/xl/%s.xml\" ContentType=\"%s%s+xml\"/>"
              .formatted(part[0], kind, part[1]));
    }
    all.put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + types
            + "</Types>");
    all.put("xl/workbook.xml", xml("workbook", "<sheets>" + list + "</sheets>"));
    all.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + relations
            + "</Relationships>");
    all.put("xl/sharedStrings.xml", sharedTexts());
    all.put("xl/styles.xml", styles());
    return all;
  }

  private String sharedTexts() {
    StringBuilder items = new StringBuilder();
    for (String text : texts) {
      items.append("<si><t xml:space=\"preserve\">").append(escaped(text)).append("</t></si>");
    }
    return xml("sst", items.toString());
  }

  private String styles() {
    StringBuilder numbers = new StringBuilder();
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < formats.size(); i++) {
      numbers.append(
          "<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>"
              .formatted(164 + i, escaped(formats.get(i))));
      cells.append("<xf numFmtId=\"%d\"/>".formatted(i == 0 ? 0 : 164 + i));
    }
    return xml("styleSheet", "<numFmts>" + numbers + "</numFmts><cellXfs>" + cells + "</cellXfs>");
  }

  private String cell(String place, Object value) {
    String start = "<c r=\"" + place + "\"";
    if (value instanceof Raw raw) {
      return start + " " + raw.attributes() + ">" + raw.inside() + "</c>";
    } else if (value instanceof Number number) {
      return start + "><v>" + number + "</v></c>";
    } else if (value instanceof Boolean truth) {
      return start + " t=\"b\"><v>" + (truth ? 1 : 0) + "</v></c>";
    } else if (value.toString().isEmpty()) {
      return "";
    }
    if (!texts.contains(value.toString())) {
      texts.add(value.toString());
    }
    return start + " t=\"s\"><v>" + texts.indexOf(value.toString()) + "</v></c>";
  }

  static String column(int index) {
    return (index < 26 ? "" : column(index / 26 - 1)) + (char) ('A' + index % 26);
  }

  private static String xml(String root, String inside) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<%s xmlns=\"%s\" xmlns:r=\"%s\">%s</%s>"
        .formatted(root, MAIN, RELATIONS, inside, root);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
