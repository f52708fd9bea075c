package io.reelbatch.worlds;

import io.reelbatch.model.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The CSV of a world and the person who edits it between runs. */
final class Input {

  private final RandomGenerator random;
  private final Consumer<String> trace;

  /** How often each order may be paid for: as often as it ever stood in the file at once. */
  private final Map<String, Integer> copies = new LinkedHashMap<>();

  private final Map<String, Set<String>> sources = new LinkedHashMap<>();
  private List<Line> lines = new ArrayList<>();
  private List<Line> good = new ArrayList<>();
  private final List<Line> removed = new ArrayList<>();
  private int numbers;

  Input(int size, RandomGenerator random, Consumer<String> trace) {
    this.random = random;
    this.trace = trace;
    for (int i = 0; i < size; i++) {
      append();
    }
    this.good = List.copyOf(lines);
  }

  /** A file that nobody edits. */
  Input(List<Line> lines) {
    this(0, new SplittableRandom(0), line -> {});
    this.lines = new ArrayList<>(lines);
    this.good = List.copyOf(lines);
  }

  List<Line> lines() {
    return lines;
  }

  int copies(String prompt) {
    return copies.getOrDefault(prompt, 0);
  }

  /** The file as it is given to a run. */
  String given() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    StringBuilder csv = new StringBuilder(Line.HEADER);
    for (Line line : lines) {
      counts.merge(line.prompt(), 1, Integer::sum);
      csv.append(line.csv());
      for (Line other : lines) {
        if (!line.source().isEmpty() && other.id().equals(line.source())) {
          sources.computeIfAbsent(line.prompt(), p -> new HashSet<>()).add(other.prompt());
        }
      }
    }
    counts.forEach((prompt, count) -> copies.merge(prompt, count, Math::max));
    return csv.toString();
  }

  /** The orders from whose videos this one may start, in any version of the file. */
  Set<String> sourcesOf(String prompt) {
    return sources.getOrDefault(prompt, Set.of());
  }

  void admitted() {
    good = List.copyOf(lines);
  }

  /** Takes the last file that was not rejected. */
  void mend() {
    trace.accept("the person takes the former file");
    lines = new ArrayList<>(good);
  }

  void edit() {
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        trace.accept("the person sorts the file");
        Collections.shuffle(lines, new Random(random.nextLong()));
      }
      case 2 -> {
        trace.accept("the person adds lines");
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          append();
        }
      }
      case 3 -> remove();
      case 4 -> putBack();
      case 5 -> nameLines();
      default -> reword();
    }
  }

  private void append() {
    List<String> sources =
        lines.stream().map(Line::id).filter(id -> !id.isEmpty()).distinct().toList();
    if (!lines.isEmpty() && random.nextInt(8) == 0) {
      Line same = lines.get(random.nextInt(lines.size()));
      if (same.id().isEmpty()) {
        lines.add(same);
        return;
      }
    }
    numbers++;
    String id = random.nextInt(3) == 0 ? "" : "row-" + numbers;
    String prompt = "order " + numbers + " of a kite";
    if (!sources.isEmpty() && random.nextInt(3) == 0) {
      lines.add(
          new Line(
              id,
              random.nextBoolean() ? Operation.REMIX : Operation.EXTEND,
              prompt,
              sources.get(random.nextInt(sources.size()))));
    } else {
      lines.add(new Line(id, Operation.CREATE, prompt, ""));
    }
  }

  private void remove() {
    Line line = lines.get(random.nextInt(lines.size()));
    Set<String> gone = new HashSet<>();
    gone.add(line.id());
    List<Line> taken = new ArrayList<>(List.of(line));
    boolean more = !line.id().isEmpty();
    while (more) {
      more = false;
      for (Line other : lines) {
        if (!other.source().isEmpty() && gone.contains(other.source()) && !taken.contains(other)) {
          taken.add(other);
          gone.add(other.id());
          more = true;
        }
      }
    }
    if (taken.size() < lines.size()) {
      trace.accept("the person removes " + taken);
      for (Line each : taken) {
        lines.remove(each);
      }
      removed.addAll(taken);
    }
  }

  private void putBack() {
    if (removed.isEmpty()) {
      return;
    }
    Line line = removed.remove(random.nextInt(removed.size()));
    boolean sourceIsThere =
        line.source().isEmpty() || lines.stream().anyMatch(l -> l.id().equals(line.source()));
    boolean idIsFree =
        line.id().isEmpty() || lines.stream().noneMatch(l -> l.id().equals(line.id()));
    if (sourceIsThere && idIsFree) {
      trace.accept("the person puts back " + line);
      lines.add(random.nextInt(lines.size() + 1), line);
    }
  }

  private void nameLines() {
    trace.accept("the person gives ids to lines without");
    lines.replaceAll(line -> line.id().isEmpty() ? line.withId("named-" + ++numbers) : line);
  }

  /** A new order; under an id that is paid for already, the file is rejected. */
  private void reword() {
    int at = random.nextInt(lines.size());
    Line line = lines.get(at);
    lines.set(at, line.withPrompt("order " + ++numbers + " of a boat"));
    trace.accept("the person rewords " + line + " to " + lines.get(at).prompt());
  }
}
