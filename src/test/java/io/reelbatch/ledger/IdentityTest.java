package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 5: rows are known by what they ask for, not by their line. */
class IdentityTest {

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
  void equalLinesAreRowsOfTheirOwn() {
    world.load(Csv.of().create(null, "x").create(null, "x").create(null, "x"));

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(3);
  }

  @Test
  void equalLinesOnDifferentPagesAreRowsOfTheirOwn() {
    Csv csv = Csv.of();
    for (int i = 0; i < 10; i++) {
      csv.create(null, "x").create(null, "y");
    }

    world.load(csv);
    world.load(csv);

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(20);
    assertThat(world.states()).hasSize(20);
  }

  @Test
  void anotherOrderOfLinesPaysForNothing() {
    world.load(Csv.of().create(null, "x").create("a", "y").create(null, "z"));
    sendAll();

    world.load(Csv.of().create(null, "z").create(null, "x").create("a", "y"));

    assertThat(world.rows(RowState.PLANNED)).isZero();
  }

  @Test
  void oneEqualLineLessKeepsThosePaidFor() {
    world.load(Csv.of().create(null, "x").create(null, "x"));
    List<PlannedRow> rows = world.ledger.planned(2);
    Attempt second = world.ledger.intend(List.of(rows.get(1))).get(0);
    world.ledger.record(second, LedgerWorld.accepted("task_2"));

    world.load(Csv.of().create(null, "x"));

    assertThat(world.rows(RowState.PLANNED)).isZero();
    assertThat(world.report().get(0).task()).hasToString("task_2");
  }

  @Test
  void idsThatComeLaterGoToTheRowsOfTheirContent() {
    world.load(Csv.of().create(null, "x").create(null, "x").create(null, "y"));
    sendAll();

    world.load(Csv.of().create("a", "y").create("b", "x").create("c", "x"));

    assertThat(world.rows(RowState.PLANNED)).isZero();
    assertThat(world.states()).hasSize(3);
  }

  @Test
  void idsThatGoAgainPayForNothing() {
    world.load(Csv.of().create("b", "x").create("a", "x").create("c", "y"));
    sendAll();

    world.load(Csv.of().create(null, "y").create(null, "x").create(null, "x"));

    assertThat(world.rows(RowState.PLANNED)).isZero();
    assertThat(world.states()).hasSize(3);
  }

  @Test
  void aLineWithoutIdBeforeItsEqualWithOneIsARowOfItsOwn() {
    world.load(Csv.of().create(null, "x"));
    sendAll();
    world.load(Csv.of().create("a", "x"));

    assertThat(world.load(Csv.of().create(null, "x").create("a", "x"))).isEmpty();

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(1);
    assertThat(world.states()).hasSize(2);
    assertThat(world.report()).extracting(ReportLine::row).doesNotHaveDuplicates();
  }

  @Test
  void aLineMayAskForWhatARenamedRowOnceAskedFor() {
    world.load(Csv.of().create(null, "x"));
    world.load(Csv.of().create("a", "x"));
    world.load(Csv.of().create("a", "changed"));

    assertThat(world.load(Csv.of().create("a", "changed").create(null, "x"))).isEmpty();

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(2);
    assertThat(world.ledger.planned(5))
        .extracting(row -> row.order().prompt())
        .containsExactly("changed", "x");
  }

  @Test
  void anotherIdIsAnotherOrder() {
    world.load(Csv.of().create("a", "x"));
    sendAll();

    world.load(Csv.of().create("a", "x").create("b", "x"));

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(1);
    assertThat(world.state("b")).isEqualTo(RowState.PLANNED);
  }

  @Test
  void aRowKeepsItsKeyWhenItGetsAnId() {
    world.load(Csv.of().create(null, "x"));
    String key = world.ledger.planned(1).get(0).key().value();

    world.load(Csv.of().create("a", "x"));

    assertThat(world.states()).containsOnlyKeys(key);
    assertThat(world.load(Csv.of().create("a", "x").remix("b", "a"))).isEmpty();
    world.accept(key, "task_x");
    world.succeed(key);
    assertThat(world.planned("b").source()).hasToString("task_x");
  }

  private void sendAll() {
    List<PlannedRow> rows = world.ledger.planned(1000);
    for (Attempt attempt : world.ledger.intend(rows)) {
      world.ledger.record(attempt, LedgerWorld.accepted("task_" + attempt.key()));
    }
  }
}
