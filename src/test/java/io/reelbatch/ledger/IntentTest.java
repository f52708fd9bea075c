package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.model.RowState;
import io.reelbatch.model.Terms;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1: no paid request leaves before its attempt is on disk. */
class IntentTest {

  LedgerWorld world;

  @BeforeEach
  void aBatchOfThree(@TempDir Path home) {
    world = LedgerWorld.open(home);
    world.load(Csv.of().create("a", "one").create("b", "two").create("c", "three"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anIntentIsSeenByOthersOnceItReturns() {
    Attempt attempt = world.send("a");

    assertThat(attempt.number()).isEqualTo(1);
    assertThat(world.state("a")).isEqualTo(RowState.SENDING);
    assertThat(unanswered("a")).isEqualTo(1);
  }

  @Test
  void anIntentIsThereAfterTheDatabaseWasOpenedAgain() {
    world.send("a");

    world = world.reopened();

    assertThat(world.state("a")).isEqualTo(RowState.SENDING);
    assertThat(unanswered("a")).isEqualTo(1);
    assertThat(world.one("select origin from attempt")).isEqualTo("https://gateway.test");
    assertThat(world.one("select account from attempt")).isEqualTo("main");
  }

  @Test
  void theIntentsOfAWindowAreAllOrNothing() {
    List<PlannedRow> window = world.ledger.planned(3);
    world.force("b", RowState.WITHDRAWN);

    assertThatThrownBy(() -> world.ledger.intend(window))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("row b was moved");

    assertThat(world.rows(RowState.SENDING)).isZero();
    assertThat(world.state("a")).isEqualTo(RowState.PLANNED);
    assertThat(world.one("select count(*) from attempt")).isEqualTo("0");
  }

  @Test
  void aRowIsNotIntendedTwice() {
    List<PlannedRow> rows = world.ledger.planned(1);
    world.ledger.intend(rows);

    assertThatThrownBy(() -> world.ledger.intend(rows)).isInstanceOf(LedgerException.class);

    assertThat(unanswered("a")).isEqualTo(1);
  }

  @Test
  void aBadWindowHarmsNoOtherOfItsGroup() {
    List<PlannedRow> rows = world.ledger.planned(3);
    world.force("b", RowState.WITHDRAWN);
    GroupWriter writer = new GroupWriter(world.database, world.batch, 1, Terms.NONE, new Deaf());
    HeldGroup held = new HeldGroup(writer);
    try (Journal journal = new Journal(held, java.time.Duration.ZERO)) {
      CompletableFuture<Void> first = journal.add(intent(rows.get(0)));
      held.awaitFirst();
      CompletableFuture<Void> bad = journal.add(intent(rows.get(1)));
      CompletableFuture<Void> good = journal.add(intent(rows.get(2)));
      held.release();

      first.join();
      good.join();
      assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class);
    }

    assertThat(held.sizes()).containsExactly(1, 2, 1, 1);
    assertThat(world.state("a")).isEqualTo(RowState.SENDING);
    assertThat(world.state("b")).isEqualTo(RowState.WITHDRAWN);
    assertThat(world.state("c")).isEqualTo(RowState.SENDING);
  }

  @Test
  @OnFileOnly
  void nothingMayBeSentWhenTheIntentCannotBeSynced() {
    List<PlannedRow> rows = world.ledger.planned(1);
    world.faults.syncs.set(100);

    assertThatThrownBy(() -> world.ledger.intend(rows)).isInstanceOf(LedgerException.class);
  }

  @Test
  void theCountsFollowTheCommit() {
    world.send("a");

    assertThat(world.ledger.counts().of(RowState.SENDING)).isEqualTo(1);
    assertThat(world.ledger.counts().of(RowState.PLANNED)).isEqualTo(2);
    assertThat(world.changes.get()).isEqualTo(1);
  }

  /** Needs no counts. */
  private static final class Deaf implements GroupWriter.Listener {
    @Override
    public void changed(java.util.Map<RowState, Long> change, long intents) {}

    @Override
    public void changedSomehow() {}
  }

  private static JournalEntry intent(PlannedRow row) {
    return new JournalEntry.Intents(List.of(row), LedgerWorld.NOW, new Grant());
  }

  private int unanswered(String key) {
    Integer n =
        world
            .sql()
            .queryForObject(
                """
                select count(*) from attempt a join batch_row r on r.id = a.row_id
                where r.row_key = ? and a.outcome is null
                """,
                Integer.class,
                key);
    return n == null ? 0 : n;
  }
}
