package io.reelbatch.selftest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the evidence shows.
 *
 * @param figures one for each line of the certificate; absent means 0
 * @param kills by where they hit
 * @param broken every promise that was not kept, in words: which prompt, which task
 */
record Verdict(Map<Figure, Long> figures, Map<KillPoint, Long> kills, List<String> broken) {

  static final Verdict NOTHING = new Verdict(Map.of(), Map.of(), List.of());

  /** Takes unmodifiable copies. */
  Verdict {
    figures = Map.copyOf(figures);
    kills = Map.copyOf(kills);
    broken = List.copyOf(broken);
  }

  long of(Figure figure) {
    return figures.getOrDefault(figure, 0L);
  }

  /** Both together. */
  Verdict plus(Verdict other) {
    Map<Figure, Long> sums = new EnumMap<>(Figure.class);
    sums.putAll(figures);
    other.figures.forEach((figure, n) -> sums.merge(figure, n, Long::sum));
    Map<KillPoint, Long> hits = new EnumMap<>(KillPoint.class);
    hits.putAll(kills);
    other.kills.forEach((point, n) -> hits.merge(point, n, Long::sum));
    List<String> all = new ArrayList<>(broken);
    all.addAll(other.broken);
    return new Verdict(sums, hits, all);
  }
}
