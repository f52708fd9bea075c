package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Caps;
import io.reelbatch.model.Money;
import io.reelbatch.model.PriceRule;
import io.reelbatch.model.Prices;
import io.reelbatch.model.Terms;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The money of a batch as it is looked at while a run goes on. */
class BatchMoneyTest {

  private static final Currency USD = Currency.getInstance("USD");

  @TempDir Path home;

  private LedgerWorld world;
  private BatchMoney money;

  @BeforeEach
  void begin() {
    world = LedgerWorld.open(home);
    money = new BatchMoney(world.database, world.batches, world.batch);
    world.under(
        new Terms(
            new Prices(USD, List.of(new PriceRule(null, null, null, null, new BigDecimal("2")))),
            new Caps(usd("100"), usd("50"), null, null),
            Terms.FailedTasks.CHARGED));
    world.load(
        Csv.of()
            .create("a", "1")
            .create("b", "2")
            .create("c", "3")
            .create("d", "4")
            .create("e", "5"));
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static Money usd(String amount) {
    return new Money(new BigDecimal(amount), USD);
  }

  private void assertMoney(String charged, String reserved, String inDoubt) {
    assertThat(money.committed()).hasSize(1);
    Committed all = money.committed().get(0);
    assertThat(all.charged().amount()).isEqualByComparingTo(charged);
    assertThat(all.reserved().amount()).isEqualByComparingTo(reserved);
    assertThat(all.inDoubt().amount()).isEqualByComparingTo(inDoubt);

    Spent counted = world.batches.spent(world.batch).get(0);
    assertThat(all.charged().amount()).isEqualByComparingTo(counted.charged().amount());
    assertThat(all.reserved().plus(all.inDoubt()).amount())
        .isEqualByComparingTo(counted.open().amount());
  }

  @Test
  void itIsChargedReservedOrInDoubtAsTheWholeSumOverAllAttemptsSays() {
    world.accept("a", "task_a");
    assertMoney("2", "0", "0");

    world.send("b");
    assertMoney("2", "2", "0");

    world.ledger.record(world.send("c"), LedgerWorld.doubt());
    world.ledger.record(world.send("d"), LedgerWorld.refused());
    assertMoney("2", "2", "2");
  }

  @Test
  void itStaysInDoubtWhateverAPersonDecidesAboutTheRow() {
    for (String key : List.of("a", "b", "c")) {
      world.ledger.record(world.send(key), LedgerWorld.doubt());
    }
    assertMoney("0", "0", "6");

    world.doubts().resubmit(List.of(new io.reelbatch.model.RowKey("a")), "me");
    world.doubts().writeOff(List.of(new io.reelbatch.model.RowKey("b")), "me");
    world
        .doubts()
        .adopt(new io.reelbatch.model.RowKey("c"), new io.reelbatch.model.TaskId("t"), "me");
    assertMoney("2", "0", "4");

    world.ledger.recount();
    world.accept("a", "task_a");
    assertMoney("4", "0", "4");
  }

  @Test
  void ofEachCapThatIsSetItIsKnownHowMuchIsUsed() {
    world.accept("a", "task_a");
    world.send("b");

    assertThat(money.caps(new Caps(usd("100"), usd("50"), null, null), LedgerWorld.NOW))
        .extracting(CapUse::period, use -> use.used().amount().intValueExact())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("batch", 4),
            org.assertj.core.groups.Tuple.tuple("day", 4));
    assertThat(
            money.caps(
                new Caps(null, usd("50"), null, null), LedgerWorld.NOW.plus(Duration.ofDays(1))))
        .allSatisfy(use -> assertThat(use.used().amount()).isZero());
  }

  @Test
  void noLinkThatIsNotKnownToDieIsWaitedFor() {
    assertThat(money.nextLinkToDie(LedgerWorld.NOW)).isEmpty();
  }
}
