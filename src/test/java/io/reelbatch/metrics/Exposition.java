package io.reelbatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus' text format, read as strictly as a server does (its page "Exposition formats"): help
 * and type before the samples, all lines of one metric together, nothing twice.
 */
public record Exposition(
    String text, Map<String, String> types, Map<String, String> helps, List<String> samples) {

  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})?"
              + " ([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf)|NaN)");
  private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

  public static Exposition of(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Exposition of(String text) {
    assertThat(text).endsWith("\n");
    Map<String, String> types = new TreeMap<>();
    Map<String, String> helps = new TreeMap<>();
    List<String> samples = new ArrayList<>();
    Set<String> series = new HashSet<>();
    String current = "";
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        current = comment.group(2);
        Map<String, String> into = comment.group(1).equals("HELP") ? helps : types;
        assertThat(into.put(current, comment.group(3))).as(line).isNull();
      } else {
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(of(sample.group(1), types)).as(line).isEqualTo(current);
        assertThat(series.add(sample.group(1) + sample.group(2))).as(line).isTrue();
        samples.add(line);
      }
    }
    assertThat(types.values()).allMatch(TYPES::contains);
    assertThat(helps.keySet()).isEqualTo(types.keySet());
    return new Exposition(text, types, helps, samples);
  }

  /** The metric that a sample is of: a histogram has three. */
  private static @Nullable String of(String sample, Map<String, String> types) {
    if (types.containsKey(sample)) {
      return sample;
    }
    String stem = sample.replaceAll("_(bucket|sum|count)$", "");
    return types.containsKey(stem) ? stem : null;
  }

  /** Names of all metrics. */
  public Set<String> names() {
    return new TreeSet<>(types.keySet());
  }

  /** The one sample of that name whose labels contain this. */
  public double value(String name, String labels) {
    List<String> found =
        samples.stream()
            .filter(line -> line.startsWith(name + "{") && line.contains(labels))
            .toList();
    assertThat(found).as(name + " " + labels + " in\n" + text).hasSize(1);
    return Double.parseDouble(found.get(0).substring(found.get(0).lastIndexOf(' ') + 1));
  }
}
