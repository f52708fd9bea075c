package io.reelbatch.report;

import io.reelbatch.model.Kind;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What needs a person, most pressing first, each with the command to type. */
final class Needs {

  private final Words words;
  private final Briefing briefing;
  private final Overview overview;
  private final StringBuilder items = new StringBuilder();

  Needs(Words words, Briefing briefing, Overview overview) {
    this.words = words;
    this.briefing = briefing;
    this.overview = overview;
  }

  /** The section of the page. */
  String html(Completeness completeness) {
    if (completeness == Completeness.UNFINISHED) {
      troubles(briefing.troubles());
    }
    doubts();
    lost();
    failed();
    invalid();
    links();
    if (items.isEmpty()) {
      return "<p class=\"calm\">" + Html.text(words.say("need.nothing")) + "</p>";
    }
    return "<section class=\"needs\"><h2>%s</h2><ul>%s</ul></section>"
        .formatted(Html.text(words.say("need.heading")), items);
  }

  private void troubles(Briefing.Troubles troubles) {
    if (troubles.error() != null) {
      add("bad", words.say("need.error"), troubles.error(), again());
    }
    if (troubles.halted() != null) {
      add(
          "bad",
          words.say("need.halted", words.say("halt." + troubles.halted().name())),
          said(troubles.seen()) + words.say("need.halted.text"),
          again());
    }
    for (Map.Entry<Kind, Reason> paused : troubles.paused().entrySet()) {
      add(
          "bad",
          words.say("need.paused", paused.getKey()),
          said(paused.getValue()) + words.say("need.paused.text"),
          again());
    }
    if (troubles.halted() == null && troubles.paused().isEmpty() && troubles.stopped() != null) {
      add(
          "warn",
          words.say("need.stopped", words.say("stop." + troubles.stopped())),
          words.say("need.stopped.text"),
          again());
    }
  }

  private String again() {
    return command("", briefing.commands().again());
  }

  private static String said(@Nullable Reason seen) {
    return seen == null ? "" : seen + " — ";
  }

  private void doubts() {
    if (briefing.doubts() == 0) {
      return;
    }
    add(
        "warn",
        words.say("need.doubt", briefing.doubts()),
        words.say("need.doubt.text"),
        command("", about("doubt", "list"))
            + "<details><summary>"
            + Html.text(words.say("need.doubt.settle"))
            + "</summary>"
            + command("need.doubt.adopt", about("doubt", "adopt", "ROW", "TASK_ID"))
            + command("need.doubt.resubmit", about("doubt", "resubmit", "ROW"))
            + command("need.doubt.writeoff", about("doubt", "write-off", "ROW"))
            + "</details>");
  }

  private void lost() {
    long rows = overview.of(RowState.LOST);
    if (rows > 0) {
      add(
          "warn",
          words.say("need.lost", rows),
          words.say("need.lost.text"),
          command("", about("again", "ROW")));
    }
  }

  private void failed() {
    long rows = overview.of(RowState.FAILED, RowState.REFUSED);
    if (rows > 0) {
      add(
          "plain",
          words.say("need.failed", rows),
          words.say("need.failed.text"),
          command("", briefing.commands().retry()));
    }
  }

  private void invalid() {
    long rows = overview.of(RowState.INVALID);
    if (rows > 0) {
      add("plain", words.say("need.invalid", rows), words.say("need.invalid.text"), "");
    }
  }

  private void links() {
    Instant dies = overview.firstLinkDies();
    if (dies != null && dies.isAfter(briefing.writtenAt())) {
      String time =
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(briefing.zone()).format(dies);
      add("plain", words.say("need.links", time), words.say("need.links.text"), "");
    }
  }

  private String about(String... what) {
    return briefing.commands().about(briefing.batch(), what);
  }

  private void add(String kind, String title, String text, String commands) {
    items.append(
        "<li class=\"%s\"><h3>%s</h3><p>%s</p>%s</li>"
            .formatted(kind, Html.text(title), Html.text(text), commands));
  }

  /** Each word in one piece where it fits: a browser breaks lines after hyphens. */
  private static String shellWords(String command) {
    return Arrays.stream(command.split(" "))
        .map(word -> "<span>" + Html.text(word) + "</span>")
        .collect(Collectors.joining(" "));
  }

  private String command(String key, String command) {
    return """
        %s<div class="command"><code>%s</code><button type="button" class="copy" hidden>%s</button></div>"""
        .formatted(
            key.isEmpty() ? "" : "<p class=\"case\">" + Html.text(words.say(key)) + "</p>",
            shellWords(command),
            Html.text(words.say("need.copy")));
  }
}
