package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Failure;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells of itself to whoever looks on. */
class ProgressIT {

  @TempDir Path folder;
  private BatchWorld world;
  private final List<Progress> told = new ArrayList<>();

  private final RunView view =
      new RunView() {
        @Override
        public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {}

        @Override
        public void note(Message text) {}

        @Override
        public void reads(long line, Instant at, Duration since) {}

        @Override
        public void goesOn(Progress progress) {
          told.add(progress);
        }
      };

  @BeforeEach
  void aBatch() {
    world =
        new BatchWorld(folder).csv("id,prompt,model", "a,one,", "b,two,", "c,three,grok-video-3");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theLastThatIsToldIsHowTheRunEnded() {
    world
        .with("reelbatch.prices.pro.model", "sora-2-pro")
        .with("reelbatch.prices.pro.price", "0.8")
        .with("reelbatch.budget.currency", "USD")
        .with("reelbatch.budget.limit", "1");
    new Launcher().run(world.request(), view);

    Progress halted = last();
    assertThat(halted.halt()).isNotNull();
    assertThat(halted.counts().of(RowState.PLANNED)).isEqualTo(2);
    assertThat(halted.open()).isEqualTo(2);

    world.without("reelbatch.budget.limit");
    new Launcher().run(world.request(), view);

    Progress progress = last();
    assertThat(progress.counts().of(RowState.SUCCEEDED)).isEqualTo(3);
    assertThat(progress.left()).isNull();
    assertThat(progress.rowsPerMinute()).isPositive();
    assertThat(progress.failures()).isEmpty();
    assertThat(progress.videos()).isNull();
  }

  @Test
  void whatTheRestCostsIsAddedToWhatWasSpentAndUnknownPricesAreCounted() {
    world
        .with("reelbatch.prices.pro.model", "sora-2-pro")
        .with("reelbatch.prices.pro.price", "0.8")
        .with("reelbatch.budget.currency", "USD")
        .with("reelbatch.budget.limit", "1");
    new Launcher().run(world.request(), view);

    Money one = new Money(new BigDecimal("0.8"), Currency.getInstance("USD"));
    assertThat(last().cost()).isEqualTo(new Progress.Cost(List.of(one), List.of(one.plus(one)), 1));
  }

  @Test
  void rowsThatDidNotGoWellAreNamedWithTheirReasons() {
    world.csv(
        "id,prompt", "a,one [sim:refuse]", "b,two [sim:fail]", "c,three [sim:hang-up]", "d,four");
    world.with("reelbatch.submit.in-flight", "1");

    new Launcher().run(world.request(), view);

    assertThat(last().failures())
        .extracting(Failure::state)
        .containsExactlyInAnyOrder(RowState.REFUSED, RowState.FAILED, RowState.IN_DOUBT);
    assertThat(last().failures()).allSatisfy(bad -> assertThat(bad.reason().code()).isNotBlank());
  }

  @Test
  void videosAreToldOfWhereTheyAreFetched() {
    world.downloading().with("reelbatch.collect.allow-private", "true");

    new Launcher().run(world.request(), view);

    assertThat(last().videos()).isNotNull();
  }

  private Progress last() {
    return told.get(told.size() - 1);
  }
}
