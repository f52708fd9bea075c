package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Money;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a batch as a whole. */
class BatchesTest {

  private static final Currency USD = Currency.getInstance("USD");

  private LedgerWorld world;

  @BeforeEach
  void aHome(@TempDir Path home) {
    world = LedgerWorld.open(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void rowsThatWaitAreCountedAndThoseThatWaitForADoubtAtWhateverRemove() {
    world.load(
        Csv.of()
            .create("a", "one")
            .remix("b", "a")
            .extend("c", "b")
            .create("x", "two")
            .remix("y", "x"));
    world.ledger.record(world.send("a"), LedgerWorld.doubt());

    assertThat(world.batches.waiting(world.batch)).isEqualTo(new Waiting(3, 2, 3));
  }

  @Test
  void theLongestChainIsThatOfTheRowsThatHaveNoEndYet() {
    world.load(Csv.of().create("a", "one").remix("b", "a").extend("c", "b").create("z", "two"));
    world.accept("a", "task_a");
    world.succeed("a");

    assertThat(world.batches.waiting(world.batch)).isEqualTo(new Waiting(1, 0, 2));

    List.of("b", "c", "z").forEach(key -> world.force(key, RowState.SUCCEEDED));
    assertThat(world.batches.waiting(world.batch).longestChain()).isZero();
  }

  @Test
  void whatIsCommittedIsAllThatIsChargedReservedOrInDoubt() {
    world.under(
        new Terms(
            new Prices(USD, List.of(new PriceRule(null, null, null, null, new BigDecimal("2")))),
            Terms.NONE.caps(),
            Terms.NONE.failed()));
    world.load(Csv.of().create("a", "1").create("b", "2").create("c", "3").create("d", "4"));
    world.accept("a", "task_a");
    world.ledger.record(world.send("b"), LedgerWorld.doubt());
    world.ledger.record(world.send("c"), LedgerWorld.refused());

    assertThat(world.batches.committed(world.batch))
        .containsExactly(new Money(new BigDecimal("4"), USD));
    assertThat(world.batches.spent(world.batch))
        .containsExactly(
            new Spent(new Money(new BigDecimal("2"), USD), new Money(new BigDecimal("2"), USD)));
  }

  @Test
  void requestsWithoutAPriceCommitNoMoney() {
    world.load(Csv.of().create("a", "1"));
    world.accept("a", "task_a");

    assertThat(world.batches.committed(world.batch)).isEmpty();
  }

  @Test
  void aBatchThatNoRunHadAnythingToDoForHasNoLastRun() {
    assertThat(world.batches.lastRun(world.batch)).isEmpty();
  }
}
