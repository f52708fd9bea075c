package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 7: every line is explained exactly once, in the input's order. */
class InputLinesTest {

  LedgerWorld world;

  @BeforeEach
  void aHome(@TempDir Path home) {
    world = LedgerWorld.open(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyLineComesOnceInOrderOverAllPages() {
    Csv csv = Csv.of();
    for (int i = 0; i < 25; i++) {
      csv.create(i % 2 == 0 ? null : "id-" + i, "content " + i % 4);
    }
    csv.wrong("no prompt");
    world.loadWithoutInvalid(csv);
    InputLines lines =
        new InputLines(world.database, world.batches.activeInput(world.batch).orElseThrow());

    for (int page : new int[] {1, 7, 26, 100}) {
      List<Long> seen = new ArrayList<>();
      List<ReportLine> next = lines.after(0, page);
      while (!next.isEmpty()) {
        next.forEach(line -> seen.add(line.line()));
        next = lines.after(next.get(next.size() - 1).position(), page);
      }
      assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(2, 27).boxed().toList());
    }
    assertThat(lines.columns()).containsExactly("id", "prompt");
  }

  @Test
  void aWrongLineIsInvalidAndKeepsItsCells() {
    world.loadWithoutInvalid(Csv.of().wrong("no prompt").create("a", "one"));

    ReportLine line = world.report().get(0);
    assertThat(line.state()).isEqualTo(RowState.INVALID);
    assertThat(line.cells()).containsExactly("?");
    assertThat(line.row()).isNull();
    assertThat(line.error()).hasToString("invalid: line 2, column prompt: no prompt");
  }

  @Test
  void everyLineCountsOnceInTheStateOfItsRow() {
    world.loadWithoutInvalid(
        Csv.of().wrong("no prompt").create("a", "one").create("b", "two").create("c", "three"));
    world.accept("a", "task_a");

    Counts counts =
        new InputLines(world.database, world.batches.activeInput(world.batch).orElseThrow())
            .counts();

    assertThat(counts.of(RowState.INVALID)).isEqualTo(1);
    assertThat(counts.of(RowState.ACCEPTED)).isEqualTo(1);
    assertThat(counts.of(RowState.PLANNED)).isEqualTo(2);
    assertThat(counts.all()).isEqualTo(4);
  }

  @Test
  void theErrorShownIsTheLastAttempts() {
    world.load(Csv.of().create("a", "one"));
    world.accept("a", "task_a");
    world.fail("a");
    assertThat(world.error("a").code()).isEqualTo("failed_code");
    world.force("a", RowState.PLANNED);

    world.ledger.record(world.send("a"), LedgerWorld.refused());

    assertThat(world.error("a")).hasToString("moderation: not this");
    assertThat(world.report("a").attempts()).isEqualTo(2);
    assertThat(world.report("a").task()).hasToString("task_a");
  }

  @Test
  void aVideoThatCameOfAnEarlierAttemptIsNoFailureOfTheLater() {
    world.load(Csv.of().create("a", "one"));
    Attempt first = world.send("a");
    world.ledger.record(first, LedgerWorld.doubt());
    world.force("a", RowState.PLANNED);
    Attempt second = world.send("a");
    world.ledger.record(first, LedgerWorld.accepted("task_1"));
    world.ledger.record(second, LedgerWorld.refused());

    world.ledger.record(
        world.openTask("a"),
        new TaskFacts("done", 100, null, null, 1, null, "{\"done\":1}"),
        io.reelbatch.model.RowEvent.SUCCEEDED);

    assertThat(world.report("a").error()).isNull();
    assertThat(world.report("a").raw()).isEqualTo("{\"done\":1}");
  }

  @Test
  void aRowNeverSentHasNothingToShow() {
    world.load(Csv.of().create("a", "one"));

    ReportLine line = world.report("a");

    assertThat(line.attempts()).isZero();
    assertThat(line.submittedAt()).isNull();
    assertThat(line.error()).isNull();
    assertThat(line.cost()).isNull();
    assertThat(line.raw()).isNull();
  }

  @Test
  void aRowThatStartsFromAnotherKnowsItAndTheTopOfItsChainOnEveryPage() {
    world.load(
        Csv.of()
            .extend("c", "b")
            .create("a", "one")
            .remix("b", "a")
            .create("z", "two")
            .remixOfTask("t", "task_elsewhere"));
    InputLines lines =
        new InputLines(world.database, world.batches.activeInput(world.batch).orElseThrow());

    List<ReportLine> all = new ArrayList<>(lines.after(0, 2));
    all.addAll(lines.after(all.get(1).position(), 9));

    assertThat(all)
        .extracting(ReportLine::place)
        .containsExactly(place("b", "a"), null, place("a", "a"), null, null);
  }

  private static ChainPlace place(String source, String top) {
    return new ChainPlace(new RowKey(source), new RowKey(top));
  }
}
