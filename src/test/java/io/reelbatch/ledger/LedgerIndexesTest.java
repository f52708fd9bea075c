package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.RowState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;

/** A large load leaves out what it builds anew, and nothing of that is seen from outside. */
class LedgerIndexesTest {

  private static final int MANY = LedgerIndexes.MANY + 1_000;
  private static final String[] ALL = {
    "ROW_BY_EXTERNAL_ID", "ROW_BY_KEY", "STAGED_BY_CONTENT", "STAGED_BY_POSITION", "STAGED_BY_ROW"
  };

  @TempDir Path home;
  LedgerWorld world;

  @BeforeEach
  void aHome() {
    world = LedgerWorld.open(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLargeLoadIsLetInWithItsEqualLinesAndKnowsThemTheNextTime() {
    Csv csv = many().create("again", "new").create(null, "content 7");

    world.load(csv);
    world.load(csv);

    assertThat(world.rows(RowState.PLANNED)).isEqualTo(MANY + 2);
    assertThat(indexes()).contains(ALL);
  }

  @Test
  void idsThatStandTwiceInALargeLoadAreFound() {
    StagedInput input = world.stage(many().create("twice", "a").create("twice", "b"));

    assertThat(
            new StagedCheck(
                    world.database, world.batch, LedgerWorld.CATALOGUE, java.time.LocalDate.EPOCH)
                .errors(input))
        .hasSize(1);
  }

  @Test
  void aLargeLoadThatFailsLeavesTheIndexesAsTheyWere() {
    LedgerIndexes indexes = new LedgerIndexes(world.database);

    assertThatThrownBy(
            () ->
                indexes.around(
                    LedgerIndexes.MANY,
                    () -> {
                      assertThat(indexes()).doesNotContain("ROW_BY_KEY");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(indexes()).contains(ALL);
  }

  @Test
  void aLargeLoadWithTwoRowsOfOneKeyIsNotLetIn() {
    world.load(Csv.of().create("mine", "x"));
    StagedInput input = world.stage(many());
    assertThat(
            new StagedCheck(
                    world.database, world.batch, LedgerWorld.CATALOGUE, java.time.LocalDate.EPOCH)
                .errors(input))
        .isEmpty();
    Activation activation =
        new Activation(world.database, InstantSource.fixed(LedgerWorld.NOW), world.batch);

    world.sql().update("update staged_order set row_key = 'equal' where position in (2000, 3000)");
    assertThatThrownBy(() -> activation.activate(input)).hasMessageContaining("equal");
    world.sql().update("update staged_order set row_key = 'other' where position = 2000");
    world.sql().update("update staged_order set row_key = 'mine' where position = 3000");
    assertThatThrownBy(() -> activation.activate(input)).hasMessageContaining("mine");

    assertThat(world.one("select count(*) from batch_row")).isEqualTo("1");
    assertThat(indexes()).contains(ALL);
  }

  @Test
  void fewNewRowsAreIndexedOneByOne() {
    LedgerIndexes indexes = new LedgerIndexes(world.database);

    List<String> during = indexes.around(LedgerIndexes.MANY - 1, this::indexes);

    assertThat(during).contains(ALL);
  }

  @Test
  void whatAKilledLoadLeftOutIsMadeWhenTheLedgerIsOpened() throws SQLException {
    world.load(Csv.of().create("a", "x"));
    for (String index : ALL) {
      world.sql().execute("drop index " + index);
    }
    world.close();

    new LedgerFile(home).open().close();

    world = LedgerWorld.open(home);
    assertThat(indexes()).contains(ALL);
  }

  @Test
  void noTwoRowsOfABatchHaveTheSameKey() {
    world.load(Csv.of().create("a", "x").create("b", "y"));

    assertThatThrownBy(() -> world.sql().update("update batch_row set row_key = 'a'"))
        .isInstanceOf(DuplicateKeyException.class);
  }

  private static Csv many() {
    Csv csv = Csv.of();
    for (int i = 0; i < MANY; i++) {
      csv.create(null, "content " + i);
    }
    return csv;
  }

  private List<String> indexes() {
    return world
        .sql()
        .queryForList("select index_name from information_schema.indexes", String.class);
  }
}
