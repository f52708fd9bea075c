package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.csv.OrderDefaults;
import io.reelbatch.csv.OrderFile;
import io.reelbatch.job.ShippedModels;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.InputLine;
import io.reelbatch.model.RowState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Promise 5 as laws: a CSV is loaded and paid for, changed in the way that the law names, and
 * loaded again. From the bytes of the file to the rows of the ledger.
 */
class IdentityPropertiesTest {

  private static final int TRIES = 12;
  private static final Catalogue CATALOGUE = ShippedModels.catalogue();

  /** A line of the file; few different ones, so that equal lines are common. */
  record Line(String prompt, String duration) {
    String cells() {
      return "\"" + prompt.replace("\"", "\"\"") + "\"," + duration;
    }
  }

  @Provide
  Arbitrary<List<Line>> files() {
    return line("red kite", "a, \"b\"", "早上的风筝", "two\nlines", "x")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Line>> others() {
    return line("new", "another", "更多").list().ofMaxSize(4);
  }

  private static Arbitrary<Line> line(String... prompts) {
    return Arbitraries.of(prompts)
        .flatMap(prompt -> Arbitraries.of("", "15", "25").map(time -> new Line(prompt, time)));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void noPermutationChangesAnyIdentity(@ForAll("files") List<Line> file, @ForAll long seed) {
    afterPaying(
        file,
        world -> {
          List<Line> moved = new ArrayList<>(file);
          Collections.shuffle(moved, new Random(seed));
          world.load(csv("prompt,duration", moved));

          assertThat(world.rows(RowState.PLANNED)).isZero();
          assertThat(world.states()).hasSize(file.size());
          assertSameTasks(world, file, moved);
        });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void whatIsPutInAndTakenOutChangesNoOther(
      @ForAll("files") List<Line> file, @ForAll("others") List<Line> others, @ForAll long seed) {
    afterPaying(
        file,
        world -> {
          Random random = new Random(seed);
          List<Line> mixed = new ArrayList<>(file);
          mixed.removeIf(line -> random.nextInt(4) == 0);
          List<Line> kept = List.copyOf(mixed);
          others.forEach(line -> mixed.add(random.nextInt(mixed.size() + 1), line));
          world.load(csv("prompt,duration", mixed));

          assertThat(world.rows(RowState.PLANNED)).isEqualTo(others.size());
          assertThat(world.states()).hasSize(file.size() + others.size());
          assertSameTasks(world, file, kept);
        });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void moreColumnsAndIdsChangeNoIdentity(@ForAll("files") List<Line> file, @ForAll long seed) {
    afterPaying(
        file,
        world -> {
          List<Line> moved = new ArrayList<>(file);
          Collections.shuffle(moved, new Random(seed));
          StringBuilder text = new StringBuilder("Note,ID,Prompt,Duration\r\n");
          for (int i = 0; i < moved.size(); i++) {
            text.append("mine ").append(i).append(",shot-").append(i).append(',');
            text.append(moved.get(i).cells()).append("\r\n");
          }
          world.load(text.toString());

          assertThat(world.rows(RowState.PLANNED)).isZero();
          assertThat(world.states()).hasSize(file.size());
          assertSameTasks(world, file, moved);
        });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void oneMoreOfTheSameIsOneRowMore(@ForAll("files") List<Line> file, @ForAll long seed) {
    afterPaying(
        file,
        world -> {
          Random random = new Random(seed);
          List<Line> more = new ArrayList<>(file);
          more.add(random.nextInt(more.size() + 1), file.get(random.nextInt(file.size())));
          world.load(csv("prompt,duration", more));

          assertThat(world.rows(RowState.PLANNED)).isEqualTo(1);
          assertThat(world.states()).hasSize(file.size() + 1);
        });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void variantsAreSoManyEqualLines(@ForAll("files") List<Line> file, @ForAll long seed) {
    Random random = new Random(seed);
    int[] variants = variants(file, random);
    String ordered = csv(file, variants, "");
    List<Line> spread = new ArrayList<>();
    for (int i = 0; i < variants.length; i++) {
      spread.addAll(Collections.nCopies(variants[i], file.get(i)));
    }
    Collections.shuffle(spread, random);
    afterPaying(
        ordered,
        spread.size(),
        world -> {
          for (String same : List.of(csv("prompt,duration", spread), ordered)) {
            world.load(same);

            assertThat(world.rows(RowState.PLANNED)).isZero();
            assertThat(world.states()).hasSize(spread.size());
            assertSameTasks(world, spread, spread);
          }
        });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void idsThatComeLaterTakeTheVariantsOfTheirLine(
      @ForAll("files") List<Line> file, @ForAll long seed) {
    int[] variants = variants(file, new Random(seed));
    int rows = Arrays.stream(variants).sum();
    afterPaying(
        csv(file, variants, ""),
        rows,
        world -> {
          for (String ids : List.of("shot-", "")) {
            world.load(csv(file, variants, ids));

            assertThat(world.rows(RowState.PLANNED)).isZero();
            assertThat(world.states()).hasSize(rows);
          }
        });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void moreVariantsOrderTheNewOnesAndFewerOrderNothing(
      @ForAll("files") List<Line> file, @ForAll long seed) {
    Random random = new Random(seed);
    int[] before = variants(file, random);
    int[] after = variants(file, random);
    int more = 0;
    for (int i = 0; i < before.length; i++) {
      more += Math.max(0, after[i] - before[i]);
    }
    int added = more;
    afterPaying(
        csv(file, before, "shot-"),
        Arrays.stream(before).sum(),
        world -> {
          world.load(csv(file, after, "shot-"));
          assertThat(world.rows(RowState.PLANNED)).isEqualTo(added);

          world.load(csv(file, before, "shot-"));
          assertThat(world.rows(RowState.PLANNED)).isZero();
          assertThat(world.ledger().report()).allMatch(line -> line.task() != null);
        });
  }

  private static int[] variants(List<Line> file, Random random) {
    return file.stream().mapToInt(line -> 1 + random.nextInt(4)).toArray();
  }

  /** Each line so many times; with ids that begin so, or none. */
  private static String csv(List<Line> file, int[] variants, String ids) {
    StringBuilder text = new StringBuilder("prompt,duration,variants,id\n");
    for (int i = 0; i < variants.length; i++) {
      text.append(file.get(i).cells()).append(',').append(variants[i]).append(',');
      text.append(ids.isEmpty() ? "" : ids + i).append('\n');
    }
    return text.toString();
  }

  private interface Change {
    void in(World world);
  }

  /** A ledger whose rows are all paid for. */
  private record World(LedgerWorld ledger, Path home) {

    void load(List<InputLine> lines) {
      assertThat(ledger.load(Csv.of(lines))).isEmpty();
      assertThat(ledger.report()).extracting(ReportLine::row).doesNotHaveDuplicates();
    }

    void load(String text) {
      load(read(home, text));
    }

    long rows(RowState state) {
      return ledger.rows(state);
    }

    Map<String, RowState> states() {
      return ledger.states();
    }
  }

  private static void afterPaying(List<Line> file, Change change) {
    afterPaying(csv("prompt,duration", file), file.size(), change);
  }

  private static void afterPaying(String file, int rows, Change change) {
    try {
      Path home = Files.createTempDirectory("identity");
      try (LedgerWorld ledger = LedgerWorld.open(home)) {
        World world = new World(ledger, home);
        world.load(file);
        for (Attempt attempt : ledger.ledger.intend(ledger.ledger.planned(100))) {
          ledger.ledger.record(
              attempt,
              LedgerWorld.accepted(
                  "task "
                      + attempt.order().prompt()
                      + "/"
                      + attempt.order().fields().get("duration")
                      + "/"
                      + attempt.key()));
        }
        assertThat(ledger.tasksInAll()).isEqualTo(rows);
        change.in(world);
      } finally {
        delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each kept line still has a task, no two the same one, and one that was made for its order. */
  private static void assertSameTasks(World world, List<Line> paid, List<Line> kept) {
    Map<String, Long> tasks =
        world.ledger().report().stream()
            .filter(line -> line.task() != null)
            .collect(
                Collectors.groupingBy(line -> String.valueOf(line.task()), Collectors.counting()));
    assertThat(tasks).hasSize(kept.size());
    assertThat(tasks.values()).allMatch(n -> n == 1);
    Map<String, Integer> prompts = new HashMap<>();
    kept.forEach(line -> prompts.merge(line.prompt(), 1, Integer::sum));
    prompts.forEach(
        (prompt, lines) ->
            assertThat(
                    tasks.keySet().stream().filter(task -> task.startsWith("task " + prompt + "/")))
                .as(prompt)
                .hasSize(lines));
    assertThat(new TreeSet<>(paid.stream().map(Line::prompt).toList()))
        .containsAll(prompts.keySet());
  }

  private static String csv(String header, List<Line> lines) {
    return lines.stream().map(Line::cells).collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  private static List<InputLine> read(Path folder, String text) {
    try {
      Path file = Files.writeString(folder.resolve("shots.csv"), text);
      try (OrderFile orders =
          OrderFile.open(file, CATALOGUE, new OrderDefaults("sora-2-pro", "grok-video-3"))) {
        List<InputLine> lines = new ArrayList<>();
        for (InputLine line = orders.next(); line != null; line = orders.next()) {
          lines.add(line);
        }
        return lines;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
