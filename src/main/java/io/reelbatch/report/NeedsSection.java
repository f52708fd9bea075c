package io.reelbatch.report;

import io.reelbatch.model.Words;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What needs a person, as a section of the page. */
final class NeedsSection {

  private final Words words;

  NeedsSection(Words words) {
    this.words = words;
  }

  String html(List<Need> needs) {
    if (needs.isEmpty()) {
      return "<p class=\"calm\">" + Html.text(words.say("need.nothing")) + "</p>";
    }
    return "<section class=\"needs\"><h2>%s</h2><ul>%s</ul></section>"
        .formatted(
            Html.text(words.say("need.heading")),
            needs.stream().map(this::item).collect(Collectors.joining()));
  }

  private String item(Need need) {
    return "<li class=\"%s\"><h3>%s</h3><p>%s</p>%s</li>"
        .formatted(
            need.tone().word(), Html.text(need.title()), Html.text(need.text()), steps(need));
  }

  private String steps(Need need) {
    List<String> steps = need.steps().stream().map(this::step).toList();
    if (steps.size() < 2) {
      return String.join("", steps);
    }
    return steps.get(0)
        + "<details><summary>"
        + Html.text(words.say("need.doubt.settle"))
        + "</summary>"
        + String.join("", steps.subList(1, steps.size()))
        + "</details>";
  }

  private String step(Need.Step step) {
    return """
        %s<div class="command"><code>%s</code><button type="button" class="copy" hidden>%s</button></div>"""
        .formatted(
            step.label().isEmpty() ? "" : "<p class=\"case\">" + Html.text(step.label()) + "</p>",
            shellWords(step.command()),
            Html.text(words.say("need.copy")));
  }

  /** Each word in one piece where it fits: a browser breaks lines after hyphens. */
  private static String shellWords(String command) {
    return Arrays.stream(command.split(" "))
        .map(word -> "<span>" + Html.text(word) + "</span>")
        .collect(Collectors.joining(" "));
  }
}
