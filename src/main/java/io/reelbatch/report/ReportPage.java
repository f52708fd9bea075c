package io.reelbatch.report;

import io.reelbatch.ledger.ReportLine;
import io.reelbatch.model.Message;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code report.html}: one file for people, which asks nobody for anything. What comes from outside
 * reaches it as escaped text or as data that its script only shows as text. Needs the same memory
 * for any number of lines.
 */
final class ReportPage {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private final Briefing briefing;
  private final Words words;
  private final Overview overview = new Overview();
  private final ShownRows rows = new ShownRows();
  private final PageRow row;

  ReportPage(Briefing briefing) {
    this.briefing = briefing;
    this.words = Words.beside(ReportPage.class, briefing.language());
    this.row = new PageRow(briefing.columns());
  }

  /** The next line of the input. */
  void add(ReportLine line) {
    overview.count(line);
    rows.add(line.position(), line.state(), () -> row.json(line));
  }

  /** Writes the page of all lines that were added. */
  void write(Completeness completeness, Consumer<String> out) {
    String skeleton = resource("report.html");
    Map<String, String> parts = parts(completeness);
    Matcher place = PLACE.matcher(skeleton);
    int from = 0;
    while (place.find()) {
      out.accept(skeleton.substring(from, place.start()));
      if (place.group(1).equals("data")) {
        data(out);
      } else {
        out.accept(Objects.requireNonNull(parts.get(place.group(1)), place.group()));
      }
      from = place.end();
    }
    out.accept(skeleton.substring(from));
  }

  private Map<String, String> parts(Completeness completeness) {
    Figures figures = new Figures(words, briefing.zone(), overview);
    Map<String, String> parts = new HashMap<>();
    String style = resource("report.css");
    String script = resource("report.js");
    parts.put("lang", words.language().tag());
    parts.put("style", style);
    parts.put("script", script);
    parts.put("policy", policy(style, script));
    text(
        parts,
        "title",
        "title",
        briefing.batch(),
        overview.of(RowState.SUCCEEDED),
        overview.lines());
    parts.put("batch", Html.text(briefing.batch().value()));
    text(
        parts,
        "meta",
        "meta",
        Message.ofText(briefing.origin()).in(briefing.language()),
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
            .withZone(briefing.zone())
            .format(briefing.writtenAt()),
        zone());
    parts.put("lead", lead(completeness, figures));
    parts.put("need", new NeedsSection(words).html(needs(completeness)));
    parts.put("money", figures.money(briefing.spent(), briefing.caps()));
    parts.put("charts", figures.when() + figures.took() + figures.why());
    parts.put("sample", sample());
    parts.put("options", options());
    for (String key : new String[] {"theme", "skip", "states", "footer"}) {
      text(parts, key, key);
    }
    for (String key :
        new String[] {
          "noscript", "search", "chains", "line", "what", "sent", "took", "cost", "video"
        }) {
      text(parts, key, "rows." + key);
    }
    text(parts, "rowsHeading", "rows.heading");
    text(parts, "stateLabel", "rows.state");
    text(parts, "allStates", "rows.all");
    return parts;
  }

  private void text(Map<String, String> parts, String place, String key, Object... values) {
    parts.put(place, Html.text(words.say(key, values)));
  }

  /**
   * Nothing may be loaded but videos beside the file, nothing may run but this very script, and
   * data cannot become markup.
   */
  private static String policy(String style, String script) {
    return "default-src 'none'; script-src %s; style-src %s; media-src 'self' file:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        .formatted(Html.hash(script), Html.hash(style));
  }

  private String lead(Completeness completeness, Figures figures) {
    Lead lead = new Lead(words, overview.counts());
    String unfinished =
        completeness == Completeness.FINISHED
            ? ""
            : "<p class=\"banner\">" + Html.text(words.say("unfinished")) + "</p>";
    return "<p class=\"sentence\">%s <span>%s</span></p>%s%s"
        .formatted(
            Html.text(lead.sentence(completeness)),
            Html.text(lead.others()),
            unfinished,
            figures.states());
  }

  private List<Need> needs(Completeness completeness) {
    List<Need> needs =
        new ArrayList<>(
            new Needs(words, briefing.batch(), briefing.commands())
                .list(completeness, briefing.troubles(), briefing.doubts(), overview.counts()));
    Instant dies = overview.firstLinkDies();
    if (dies != null && dies.isAfter(briefing.writtenAt())) {
      String time =
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(briefing.zone()).format(dies);
      needs.add(
          new Need(
              Need.Tone.PLAIN,
              words.say("need.links", time),
              words.say("need.links.text"),
              List.of()));
    }
    return needs;
  }

  private String sample() {
    return rows.size() == overview.lines()
        ? ""
        : "<p class=\"banner\">"
            + Html.text(words.say("rows.sample", overview.lines(), rows.size()))
            + "</p>";
  }

  private String options() {
    StringBuilder options = new StringBuilder();
    for (RowState state : Lead.ORDER) {
      if (overview.of(state) > 0) {
        options.append(
            "<option value=\"%s\">%s (%s)</option>"
                .formatted(
                    state,
                    Html.text(words.say("state." + state)),
                    Html.text(words.say("clause.number", overview.of(state)))));
      }
    }
    return options.toString();
  }

  /** As a browser knows it. */
  private String zone() {
    return briefing.zone().normalized().equals(ZoneOffset.UTC) ? "UTC" : briefing.zone().getId();
  }

  private void data(Consumer<String> out) {
    ObjectNode about = JSON.createObjectNode();
    about.put("lang", words.language().tag());
    about.put("zone", zone());
    about.put("batch", briefing.batch().value());
    ObjectNode texts = about.putObject("words");
    words.under("js.").forEach(texts::put);
    ObjectNode states = about.putObject("states");
    words.under("state.").forEach(states::put);
    PageRow.FIELDS.forEach(about.putArray("fields")::add);
    String start = Html.json(JSON.writeValueAsString(about));
    out.accept(start.substring(0, start.length() - 1) + ",\"rows\":[\n");
    Iterator<String> all = rows.json().iterator();
    while (all.hasNext()) {
      out.accept(all.next() + (all.hasNext() ? ",\n" : ""));
    }
    out.accept("\n]}");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .replace("\r\n", "\n"); // as the browser reads it before it compares the hash
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
