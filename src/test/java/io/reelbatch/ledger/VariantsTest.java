package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.LineError;
import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of one line are rows like any other, each with a place and a name of its own. */
class VariantsTest {

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
  void eachRowOfALineComesOnceInOrderOverAllPages() {
    world.loadWithoutInvalid(
        Csv.of().variants("a", "one", 4).create("b", "two").variants(null, "three", 3).wrong("no"));
    InputLines lines =
        new InputLines(world.database, world.batches.activeInput(world.batch).orElseThrow());

    for (int page : new int[] {1, 2, 3, 7, 100}) {
      List<ReportLine> seen = new ArrayList<>();
      List<ReportLine> next = lines.after(0, page);
      while (!next.isEmpty()) {
        seen.addAll(next);
        next = lines.after(next.get(next.size() - 1).position(), page);
      }
      assertThat(seen)
          .extracting(line -> line.line() + " " + line.row())
          .startsWith("2 a#1", "2 a#2", "2 a#3", "2 a#4", "6 b")
          .hasSize(9)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void variantsThatAskForTheSameAsOtherLinesKeepTheirNames() {
    world.load(Csv.of().create("x", "one").variants("a", "one", 2).variants(null, "one", 2));

    assertThat(world.states()).containsKeys("x", "a#1", "a#2").hasSize(5);
  }

  @Test
  void aLineThatOrdersMoreIsItsOldRowAndNewOnes() {
    world.load(Csv.of().create("a", "one"));
    world.accept("a", "task_a");

    world.load(Csv.of().variants("a", "one", 3));

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(2);
    assertThat(world.report())
        .extracting(line -> String.valueOf(line.row()))
        .containsExactly("a", "a#2", "a#3");
    assertThat(world.report("a").task()).hasToString("task_a");
  }

  @Test
  void aLineThatOrdersFewerKeepsItsFirstAndWithdrawsWhatWasNotSent() {
    world.load(Csv.of().variants("a", "one", 4));
    world.accept("a#1", "task_1");
    world.accept("a#2", "task_2");

    world.load(Csv.of().variants("a", "one", 2));
    assertThat(world.rows(RowState.PLANNED)).isZero();
    assertThat(world.rows(RowState.WITHDRAWN)).isEqualTo(2);

    world.load(Csv.of().create("a", "one"));
    assertThat(world.report())
        .singleElement()
        .matches(line -> "task_1".equals(String.valueOf(line.task())));

    world.load(Csv.of().variants("a", "one", 3));
    assertThat(world.rows(RowState.PLANNED)).isEqualTo(1);
    assertThat(world.tasksInAll()).isEqualTo(2);
  }

  @Test
  void aRowMayStartFromAnyVariantAndWaitsForThatOneAlone() {
    world.load(Csv.of().variants("a", "one", 2).remix("second", "a#2").remix("first", "a"));
    world.accept("a#2", "task_2");
    world.succeed("a#2");

    assertThat(world.ledger.planned(10))
        .extracting(row -> row.key().value())
        .contains("second", "a#1")
        .doesNotContain("first");
  }

  @Test
  void aVariantThatIsNotThereIsAnUnknownSource() {
    assertThat(world.load(Csv.of().variants("a", "one", 2).remix("b", "a#3")))
        .singleElement()
        .matches(error -> error.value().equals("a#3"));
  }

  @Test
  void whatIsWrongWithALineIsSaidOnceForAllItsRows() {
    List<LineError> twice = world.load(Csv.of().create("a", "one").variants("a", "one", 3));
    assertThat(twice).singleElement().matches(error -> error.line() == 3);

    world.load(Csv.of().variants("a", "one", 2));
    world.accept("a#1", "task_1");
    world.accept("a#2", "task_2");
    List<LineError> paid = world.load(Csv.of().variants("a", "another", 2));
    assertThat(paid).singleElement().matches(error -> error.value().equals("a"));
  }

  @Test
  void aLineThatIsPassedOverIsPassedOverWithAllItsRows() {
    world.load(Csv.of().variants("a", "one", 2).create("b", "two"));
    world.accept("a#2", "task_2");

    world.loadWithoutInvalid(Csv.of().variants("a", "another", 2).create("b", "two"));

    assertThat(world.report())
        .extracting(ReportLine::state)
        .containsExactly(RowState.INVALID, RowState.INVALID, RowState.PLANNED);
  }

  @Test
  void variantsAreNoLinesThatRepeatAnother() {
    StagedInput input = world.stage(Csv.of().variants("a", "one", 3).variants(null, "two", 2));
    assertThat(world.errors(input)).isEmpty();
    assertThat(repeated(input)).isZero();

    input = world.stage(Csv.of().variants("a", "one", 3).variants(null, "one", 2));
    assertThat(world.errors(input)).isEmpty();
    assertThat(repeated(input)).isEqualTo(1);
  }

  private long repeated(StagedInput input) {
    long[] repeated = {0};
    new StagedPlan(world.database, world.batch)
        .forEach(input, line -> repeated[0] += line.isRepeated() ? 1 : 0);
    return repeated[0];
  }
}
