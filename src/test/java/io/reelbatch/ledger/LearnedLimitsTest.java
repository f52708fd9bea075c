package io.reelbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.AccountName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedLimitsTest {

  private LedgerWorld world;

  @BeforeEach
  void open(@TempDir Path home) {
    world = LedgerWorld.open(home);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatWasLearnedIsThereForTheNextRun() {
    assertThat(limits(LedgerWorld.NOW).read()).isEmpty();

    limits(LedgerWorld.NOW).keep(20);
    limits(LedgerWorld.NOW).keep(17);

    assertThat(limits(LedgerWorld.NOW).read()).hasValue(17);
  }

  @Test
  void itIsForgottenAfterAWeek() {
    limits(LedgerWorld.NOW).keep(20);

    assertThat(limits(LedgerWorld.NOW.plus(Duration.ofDays(7)).minusSeconds(1)).read())
        .hasValue(20);
    assertThat(limits(LedgerWorld.NOW.plus(Duration.ofDays(7))).read()).isEmpty();
  }

  @Test
  void anotherGatewayOrAccountHasItsOwn() {
    limits(LedgerWorld.NOW).keep(20);
    BatchRecord batch = world.batch;

    var elsewhere = new BatchRecord(batch.id(), batch.name(), "https://other", batch.account(), 0);
    var somebody =
        new BatchRecord(batch.id(), batch.name(), batch.origin(), new AccountName("other"), 0);

    assertThat(limits(LedgerWorld.NOW, elsewhere).read()).isEmpty();
    assertThat(limits(LedgerWorld.NOW, somebody).read()).isEmpty();
  }

  private LearnedLimits limits(Instant now) {
    return limits(now, world.batch);
  }

  private LearnedLimits limits(Instant now, BatchRecord batch) {
    return new LearnedLimits(world.database, () -> now, batch);
  }
}
