package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelbatch.ledger.OnFileOnly;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowState;
import io.reelbatch.simulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where batches stand, by the ledger. */
class StatusDeskIT {

  @TempDir Path folder;
  private BatchWorld world;

  @BeforeEach
  void start() {
    world = new BatchWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aBatchIsSeenWithItsDoubtsChainsMoneyAndLastRun() {
    world.with("reelbatch.budget.currency", "USD");
    world.with("reelbatch.prices.all.price", "0.80");
    world.csv(
        "id,operation,prompt,model,source,start_time",
        "z,create,good,sora-2-pro,,",
        "a,create,lost,grok-video-3,,",
        "b,extend,child,,a,1",
        "c,extend,grandchild,,b,1");
    world.gateway.everySendOf("grok-video-3", Fault.acceptThenHangUp());
    assertThat(world.run().ending()).isEqualTo(Ending.IN_DOUBT);

    world.without("reelbatch.api-key");
    Standing shots = desk().of(new BatchName("shots"));

    assertThat(shots.states())
        .isEqualTo(Map.of(RowState.SUCCEEDED, 1L, RowState.IN_DOUBT, 1L, RowState.PLANNED, 2L));
    assertThat(shots.money()).containsExactly(new Standing.Cost("USD", "1.6", "0.8"));
    assertThat(shots.waiting()).isEqualTo(new Standing.Waits(2, 2, 3));
    assertThat(shots.secondsLeft()).isNull(); // no run can move them
    assertThat(lastRun(shots).ending()).isEqualTo("in_doubt");
    assertThat(lastRun(shots).exitCode()).isEqualTo(7);
    assertThat(desk().all().complete()).isTrue();
    assertThat(desk().all().batches()).extracting(Standing::batch).containsExactly("shots");
  }

  @Test
  void aRunThatPublishedNothingIsKnownFromSpringBatchAlone() throws IOException {
    world.csv("prompt", "one");
    world.run();
    Files.delete(world.use().home().path().resolve("status.json"));

    Standing.Run run = lastRun(desk().of(new BatchName("shots")));

    assertThat(run.ending()).isEqualTo("completed");
    assertThat(run.endedAt()).isAfterOrEqualTo(run.startedAt());
    assertThat(run.exitCode()).isNull();
  }

  @Test
  void aRunWithNothingToDoPublishesNothing() throws IOException {
    world.csv("prompt", "one");
    world.run();
    Path status = world.use().home().path().resolve("status.json");
    Files.delete(status);

    assertThat(world.run().nothingToDo()).isTrue();

    assertThat(status).doesNotExist();
  }

  @Test
  void aBatchThatIsNotThereIsWrongUsage() {
    world.csv("prompt", "one");
    world.run();

    assertThatThrownBy(() -> desk().of(new BatchName("shorts")))
        .isInstanceOfSatisfying(
            DeskException.class, e -> assertThat(e.ending()).isEqualTo(Ending.USAGE))
        .hasMessageContaining("no batch shorts");
  }

  @Test
  void aHomeThatWasNeverUsedHasNoBatches() {
    assertThat(desk().all()).isEqualTo(new Standings(true, java.util.List.of()));
    assertThatThrownBy(() -> desk().of(new BatchName("shots"))).isInstanceOf(DeskException.class);
  }

  @Test
  @OnFileOnly // a server may know batches of other homes, so it is asked, and that takes a home
  void aHomeThatWasNeverUsedIsNotMade() {
    desk().all();
    assertThatThrownBy(() -> desk().of(new BatchName("shots"))).isInstanceOf(DeskException.class);

    assertThat(world.use().home().path()).doesNotExist();
  }

  private static Standing.Run lastRun(Standing standing) {
    Standing.Run run = standing.run();
    if (run == null) {
      throw new AssertionError("no run");
    }
    return run;
  }

  private StatusDesk desk() {
    return new StatusDesk(world.use());
  }
}
