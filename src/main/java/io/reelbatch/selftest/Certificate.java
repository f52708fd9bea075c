package io.reelbatch.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a selftest found, for people.
 *
 * @param lines to print
 * @param holds whether every promise was kept
 */
public record Certificate(List<String> lines, boolean holds) {

  /** Takes an unmodifiable copy. */
  public Certificate {
    lines = List.copyOf(lines);
  }

  static Certificate of(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      lines.add(line(figure.name().toLowerCase(Locale.ROOT).replace('_', ' '), verdict, figure));
      if (figure == Figure.KILLS) {
        lines.addAll(kills(verdict));
      }
    }
    verdict.broken().forEach(promise -> lines.add("BROKEN " + promise));
    lines.add(
        verdict.broken().isEmpty()
            ? "all as promised"
            : verdict.broken().size() + " promises broken");
    return new Certificate(lines, verdict.broken().isEmpty());
  }

  private static String line(String name, Verdict verdict, Figure figure) {
    return String.format(Locale.ROOT, "%-15s %7d  %s", name, verdict.of(figure), figure.text());
  }

  private static List<String> kills(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    for (KillPoint point : KillPoint.values()) {
      long hits = verdict.kills().getOrDefault(point, 0L);
      lines.add(String.format(Locale.ROOT, "%23s  %5d when %s", "", hits, point.text()));
    }
    return lines;
  }
}
