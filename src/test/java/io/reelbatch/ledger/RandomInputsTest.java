package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 5 under edits that nobody thought of: lines are moved, put in, taken out, given ids and
 * bereft of them, between runs that send some rows. A model counts what had to be planned.
 */
class RandomInputsTest {

  private static final int SEEDS = Integer.getInteger("reelbatch.test.seeds", 20);
  private static final int EDITS = 12;
  private static final String[] CONTENTS = {"x", "y", "z"};

  private record Line(@Nullable String id, String content) {}

  /** What the model knows of a row that was sent. */
  private static final class Paid {
    @Nullable String id;
    final String content;

    Paid(@Nullable String id, String content) {
      this.id = id;
      this.content = content;
    }
  }

  @Test
  void noEditPaysForARowAgainAndNoneForgetsOne(@TempDir Path home) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Path folder = home.resolve("seed-" + seed);
      assertThat(folder.toFile().mkdir()).isTrue();
      try (LedgerWorld world = LedgerWorld.open(folder)) {
        play(world, new Random(seed), "seed " + seed);
      }
    }
  }

  private static void play(LedgerWorld world, Random random, String seed) {
    List<Line> file = new ArrayList<>();
    List<Paid> paid = new ArrayList<>();
    for (int i = 0; i < EDITS; i++) {
      edit(file, random, i);
      String what = seed + ", edit " + i + ": " + file;

      assertThat(world.load(csv(file))).as(what).isEmpty();

      assertThat(world.rows(RowState.PLANNED)).as(what).isEqualTo(unsent(file, paid));
      assertThat(world.report()).as(what).extracting(ReportLine::row).doesNotHaveDuplicates();
      assertThat(world.report()).as(what).hasSameSizeAs(file);
      assertThat(world.tasksInAll()).as(what).isEqualTo(paid.size());
      sendSome(world, random, paid);
    }
  }

  private static void edit(List<Line> file, Random random, int n) {
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = file.isEmpty() ? 0 : random.nextInt(file.size());
      switch (random.nextInt(7)) {
        case 0 -> Collections.shuffle(file, random);
        case 1 -> {
          if (!file.isEmpty()) {
            file.remove(at);
          }
        }
        case 2 -> file.replaceAll(line -> new Line(null, line.content()));
        case 3 -> {
          if (!file.isEmpty() && file.get(at).id() == null) {
            file.set(at, new Line("id-" + n + "-" + i, file.get(at).content()));
          }
        }
        case 4 -> file.add(at, new Line("id-" + n + "-" + i, any(random)));
        default -> file.add(at, new Line(null, any(random)));
      }
    }
  }

  private static String any(Random random) {
    return CONTENTS[random.nextInt(CONTENTS.length)];
  }

  private static Csv csv(List<Line> file) {
    Csv csv = Csv.of();
    file.forEach(line -> csv.create(line.id(), line.content()));
    return csv;
  }

  /** How many lines of the file are orders that nobody has sent. Names paid rows on the way. */
  private static long unsent(List<Line> file, List<Paid> paid) {
    Set<Paid> free = new HashSet<>(paid);
    Map<String, Integer> named = new HashMap<>();
    Map<String, Integer> unnamed = new HashMap<>();
    for (Line line : file) {
      Paid own =
          line.id() == null
              ? null
              : paid.stream().filter(p -> line.id().equals(p.id)).findFirst().orElse(null);
      if (own == null) {
        (line.id() == null ? unnamed : named).merge(line.content(), 1, Integer::sum);
      } else {
        free.remove(own);
      }
    }
    long unsent = 0;
    for (String content : CONTENTS) {
      long nameless = free.stream().filter(p -> p.content.equals(content) && p.id == null).count();
      long withName = free.stream().filter(p -> p.content.equals(content) && p.id != null).count();
      long lines = named.getOrDefault(content, 0);
      long taken = Math.min(lines, nameless);
      unsent += lines - taken;
      unsent += Math.max(0, unnamed.getOrDefault(content, 0) - (nameless - taken) - withName);
    }
    return unsent;
  }

  private static void sendSome(LedgerWorld world, Random random, List<Paid> paid) {
    List<PlannedRow> rows = new ArrayList<>(world.ledger.planned(1000));
    Collections.shuffle(rows, random);
    List<PlannedRow> some = rows.subList(0, random.nextInt(rows.size() + 1));
    for (Attempt attempt : world.ledger.intend(some)) {
      world.ledger.record(attempt, LedgerWorld.accepted("task_" + attempt.key()));
      if (random.nextBoolean()) {
        world.succeed(attempt.key().value());
      }
    }
    // Ids that a load gave to paid rows are the ledger's to say; that they are right is judged by
    // the next count.
    paid.clear();
    world
        .sql()
        .query(
            """
            select external_id, order_json from batch_row where task is not null
            """,
            row -> {
              paid.add(
                  new Paid(
                      row.getString("external_id"),
                      OrderJson.read(row.getString("order_json")).prompt()));
            });
  }
}
