package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Caps;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Money;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import io.reelbatch.model.RowState;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spent, reserved and in doubt together never exceed a cap; one row costs 2 USD here. */
class SpendingTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Prices TWO_EACH =
      new Prices(USD, List.of(new PriceRule(null, null, null, null, new BigDecimal("2"))));

  @TempDir Path home;
  private LedgerWorld world;

  @BeforeEach
  void open() {
    world = LedgerWorld.open(home);
    world.load(rows("a", "b", "c", "d", "e"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void rowsAreGrantedInOrderUntilTheNextOneWouldExceedTheCap() {
    world.under(budget("5", Terms.FailedTasks.CHARGED));

    List<Attempt> granted = world.ledger.intend(world.ledger.planned(5));

    assertThat(granted).extracting(attempt -> attempt.key().value()).containsExactly("a", "b");
    assertThat(world.ledger.capReached().orElseThrow().cause()).isEqualTo(HaltCause.BUDGET);
    assertThat(world.states()).containsEntry("c", RowState.PLANNED);
    assertThat(spent()).isEqualByComparingTo("4");
  }

  @Test
  void whatWasNotChargedMayBeSpentAgain() {
    world.under(budget("4", Terms.FailedTasks.CHARGED));
    for (SendOutcome free : List.of(LedgerWorld.refused(), LedgerWorld.deferred())) {
      Attempt attempt = world.send();
      world.ledger.record(attempt, free);
    }

    assertThat(spent()).isEqualByComparingTo("0");
    assertThat(world.ledger.intend(world.ledger.planned(5))).hasSize(2);
  }

  @Test
  void whatIsInDoubtCountsAsSpentAlsoAfterItIsSentAgain() {
    world.under(budget("4", Terms.FailedTasks.CHARGED));
    world.ledger.record(world.send("a"), LedgerWorld.doubt());
    assertThat(spent()).isEqualByComparingTo("2");

    world.doubts().resubmit(List.of(new io.reelbatch.model.RowKey("a")), "somebody");
    world.ledger.recount();
    world.ledger.record(world.send("a"), LedgerWorld.accepted("task_1"));

    assertThat(spent()).isEqualByComparingTo("4");
    assertThat(world.ledger.intend(world.ledger.planned(5))).isEmpty();
  }

  @Test
  void aFailedTaskIsSpentUnlessTheTermsSayThatItComesBack() {
    world.under(budget("2", Terms.FailedTasks.CHARGED));
    world.accept("a", "task_1");
    world.fail("a");
    assertThat(spent()).isEqualByComparingTo("2");
    assertThat(world.ledger.intend(world.ledger.planned(5))).isEmpty();

    world.under(budget("4", Terms.FailedTasks.REFUNDED));
    world.accept("b", "task_2");
    world.fail("b");

    assertThat(spent()).isEqualByComparingTo("2");
    assertThat(world.ledger.intend(world.ledger.planned(5))).hasSize(1);
  }

  @Test
  void aLimitCountsRequestsThatWereOrMayBeChargedAlsoRefundedOnes() {
    world.under(new Terms(TWO_EACH, new Caps(null, null, null, 3L), Terms.FailedTasks.REFUNDED));
    world.ledger.record(world.send("a"), LedgerWorld.refused());
    world.accept("b", "task_2");
    world.fail("b");

    assertThat(world.ledger.intend(world.ledger.planned(5))).hasSize(2);
    assertThat(world.ledger.capReached().orElseThrow().cause()).isEqualTo(HaltCause.LIMIT);
  }

  @Test
  void aLimitNeedsNoPrices() {
    world.under(
        new Terms(Prices.UNKNOWN, new Caps(null, null, null, 2L), Terms.FailedTasks.CHARGED));

    assertThat(world.ledger.intend(world.ledger.planned(5))).hasSize(2);
  }

  @Test
  void aLimitCountsRequestsWithoutAPriceToo() {
    world.under(
        new Terms(
            new Prices(USD, List.of()), new Caps(null, null, null, 2L), Terms.FailedTasks.CHARGED));

    assertThat(world.ledger.intend(world.ledger.planned(5))).hasSize(2);
  }

  @Test
  void anUnknownPriceUnderACapSendsNothing() {
    world.under(new Terms(new Prices(USD, List.of()), caps("1000"), Terms.FailedTasks.CHARGED));

    assertThat(world.ledger.intend(world.ledger.planned(5))).isEmpty();
    assertThat(world.ledger.capReached().orElseThrow().cause()).isEqualTo(HaltCause.PRICE);
  }

  @Test
  void whatWasSentBeforeItsPriceWasKnownIsPricedLater() {
    world.accept("a", "task_1");
    world.ledger.record(world.send("b"), LedgerWorld.doubt());
    world.ledger.record(world.send("c"), LedgerWorld.refused());

    world.under(budget("5", Terms.FailedTasks.CHARGED));

    assertThat(spent()).isEqualByComparingTo("4");
    assertThat(world.ledger.intend(world.ledger.planned(5))).isEmpty();
    assertThat(world.ledger.capReached().orElseThrow().cause()).isEqualTo(HaltCause.BUDGET);
  }

  @Test
  void theCapHoldsOverRunsAndIsRaisedByRaisingIt() {
    world.under(budget("2", Terms.FailedTasks.CHARGED));
    world.accept("a", "task_1");
    assertThat(world.ledger.intend(world.ledger.planned(5))).isEmpty();

    world.under(budget("6", Terms.FailedTasks.CHARGED));

    assertThat(world.ledger.intend(world.ledger.planned(5))).hasSize(2);
  }

  @Test
  void moneyComesBackOnceAlsoWhenItsCommitIsWrittenTwice() {
    world.under(budget("20", Terms.FailedTasks.REFUNDED));
    Attempt refused = world.send("a");
    Attempt deferred = world.send("b");
    world.accept("c", "task_3");
    OpenTask failed = world.openTask("c");
    world.faults.lostAnswers.set(1);
    world.ledger.record(refused, LedgerWorld.refused());
    world.faults.lostAnswers.set(1);
    world.ledger.record(deferred, LedgerWorld.deferred());
    assertThat(spent()).isEqualByComparingTo("2");

    world.faults.lostAnswers.set(1);
    world.ledger.record(failed, LedgerWorld.facts("failed"), io.reelbatch.model.RowEvent.FAILED);

    assertThat(spent()).isEqualByComparingTo("0");
    assertThat(sql("select sum(sends) from spending where period = 'all'"))
        .isEqualByComparingTo("1");
  }

  @Test
  void aTaskWhosePriceWasNotKnownHasNothingToGiveBack() {
    world.under(new Terms(Prices.UNKNOWN, Caps.NONE, Terms.FailedTasks.REFUNDED));
    world.accept("a", "task_1");

    world.fail("a");

    assertThat(spent()).isEqualByComparingTo("0");
  }

  @Test
  void whatItsOwnRunFindsToBeFreeMeanwhileIsNotPriced() {
    world.under(new Terms(Prices.UNKNOWN, Caps.NONE, Terms.FailedTasks.CHARGED));
    world.send();
    world.faults.preparing =
        sql -> {
          if (sql.contains("update attempt set amount")) {
            world.sql().update("update attempt set charged = 0");
          }
        };

    world.under(budget("5", Terms.FailedTasks.CHARGED));

    assertThat(world.faults.statements).anyMatch(sql -> sql.contains("update attempt set amount"));
    assertThat(world.one("select count(*) from attempt where amount is not null")).isEqualTo("0");
    assertThat(world.one("select count(*) from spending where currency = 'USD'")).isEqualTo("0");
  }

  @Test
  void whatStillHasNoPriceStaysUnpriced() {
    world.accept("a", "task_1");
    Prices ofAnother =
        new Prices(USD, List.of(new PriceRule("another", null, null, null, new BigDecimal("2"))));

    world.under(new Terms(ofAnother, caps("5"), Terms.FailedTasks.CHARGED));

    assertThat(sql("select sum(sends) from spending where period = 'all' and currency = 'XXX'"))
        .isEqualByComparingTo("1");
  }

  @Test
  void theDaysCapCountsAllBatchesOfTheHome() {
    Terms day =
        new Terms(TWO_EACH, new Caps(null, usd("4"), null, null), Terms.FailedTasks.CHARGED);
    world.under(day);
    world.accept("a", "task_1");

    try (LedgerWorld other = world.beside("other")) {
      other.load(rows("x", "y"));
      other.under(day);
      assertThat(other.ledger.intend(other.ledger.planned(5))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSumsAreTheSumsOverAllAttemptsWhateverHappens(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    world.load(rows(IntStream.range(0, 40).mapToObj(i -> "r" + i).toArray(String[]::new)));
    world.under(
        budget(
            "50", random.nextBoolean() ? Terms.FailedTasks.CHARGED : Terms.FailedTasks.REFUNDED));
    for (int i = 0; i < 60; i++) {
      List<Attempt> attempts = world.ledger.intend(world.ledger.planned(random.nextInt(1, 4)));
      for (Attempt attempt : attempts) {
        int dice = random.nextInt(6);
        if (dice == 0) {
          continue; // the process dies before the answer
        }
        SendOutcome outcome =
            List.of(
                    LedgerWorld.refused(),
                    LedgerWorld.deferred(),
                    LedgerWorld.doubt(),
                    LedgerWorld.accepted("task_" + i + attempt.key()),
                    LedgerWorld.accepted("task_" + i + attempt.key()))
                .get(dice - 1);
        world.ledger.record(attempt, outcome);
        if (dice > 3 && random.nextBoolean()) {
          world.fail(attempt.key().value());
        }
      }
      assertThat(spent()).isLessThanOrEqualTo(new BigDecimal("50")).isEqualByComparingTo(summed());
    }
    assertThat(spent()).isGreaterThan(new BigDecimal("40"));
  }

  private static Csv rows(String... ids) {
    Csv csv = Csv.of();
    for (String id : ids) {
      csv = csv.create(id, id);
    }
    return csv;
  }

  /** What the ledger keeps as the sum. */
  private BigDecimal spent() {
    return sql("select sum(amount) from spending where period = 'all'");
  }

  /** The same, counted anew. */
  private BigDecimal summed() {
    return sql("select sum(coalesce(charged, amount)) from attempt");
  }

  private BigDecimal sql(String query) {
    BigDecimal sum = world.sql().queryForObject(query, BigDecimal.class);
    return sum == null ? BigDecimal.ZERO : sum;
  }

  private static Terms budget(String amount, Terms.FailedTasks failed) {
    return new Terms(TWO_EACH, caps(amount), failed);
  }

  private static Caps caps(String amount) {
    return new Caps(usd(amount), null, null, null);
  }

  private static Money usd(String amount) {
    return new Money(new BigDecimal(amount), USD);
  }
}
