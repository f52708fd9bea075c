package io.reelbatch.csv;

import io.reelbatch.model.Message;
import java.util.regex.Pattern;

/** What an id may be: it names a row, its files, and stands in the source of other rows. */
final class IdRules {

  private static final int LONGEST = 100;

  // What Excel or LibreOffice make something else of when they save a file.
  private static final Pattern FRAGILE =
      Pattern.compile(
          "0\\d+|\\d{12,}|\\d+(\\.\\d+)?[eE][+-]?\\d+|\\d+[-/.:]\\d+([-/.:]\\d+)?|[=+@-].*"
              + "|(?i:true|false|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]?\\d+)");

  private IdRules() {}

  static void check(Row row, Warnings warnings) {
    Cell id = row.cell(Column.ID);
    String text = id.text();
    row.refuseSecondLine(id);
    if (text.length() > LONGEST) {
      row.wrong(
          id, Message.of("has {0} characters; an id has at most {1}", text.length(), LONGEST));
    }
    if (text.startsWith("~") || text.contains("#")) {
      row.wrong(
          id,
          Message.of(
              "must not start with ~ and must not contain #; this program names rows with them"));
    }
    if (isTask(text)) {
      row.wrong(
          id,
          Message.of(
              "looks like a task id of the gateway (a colon, or video_… or task_…), so that a source"
                  + " could not name it; write it for example with a dash"));
    }
    if (FRAGILE.matcher(text).matches()) {
      warnings.once(
          "fragile id",
          Message.of(
              "line {0}, column {1}: a spreadsheet that saves this file may turn \"{2}\" into"
                  + " something else, and a row already paid for would look new; ids such as"
                  + " \"shot-001\" are safe",
              row.line(), id.heading(), text));
    }
  }

  // Wire: ids of tasks look like sora-2:task_… (002_2806259c75ea4eb9.txt), grok:…
  // (004_6e4607a80ea57ce1.txt) and video_… (000_627d03da58f7585c.txt).
  static boolean isTask(String text) {
    return text.contains(":") || text.startsWith("video_") || text.startsWith("task_");
  }
}
