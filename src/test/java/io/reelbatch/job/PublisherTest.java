package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.Pulse;
import io.reelbatch.pacing.Rate;
import io.reelbatch.pacing.RunControl;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of itself beside its ledger. */
class PublisherTest {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir Path folder;
  private Home home;
  private Counts counts = counts(10, 0);
  private final Map<Kind, Reason> paused = new HashMap<>();
  private Duration since = Duration.ZERO;
  private RunControl control;
  private Publisher publisher;

  @BeforeEach
  void aRunBegins() {
    home = new Home(folder);
    control = new RunControl(() -> since.toNanos(), new Pulse(), null, Duration.ofDays(1));
    Outlook outlook =
        new Outlook(
            () -> since.toNanos(),
            counts,
            new SubmitProperties(Rate.valueOf("2/s"), Map.of(), 8, 20),
            Optional::empty);
    publisher =
        new Publisher(
            home,
            new RunId("0123456789ab"),
            new BatchName("shots"),
            () -> counts,
            () -> List.of(new Money(new BigDecimal("1.50"), Currency.getInstance("USD"))),
            control,
            () -> paused,
            outlook,
            () -> START.plus(since));
  }

  @Test
  void whereTheBatchStandsIsThereForOthersToReadAndForItsUserAlone() throws IOException {
    publisher.nowAndThen();

    Standing said = Publisher.published(home).orElseThrow();
    assertThat(said.batch()).isEqualTo("shots");
    assertThat(said.at()).isEqualTo(START);
    assertThat(said.states()).isEqualTo(Map.of(RowState.PLANNED, 10L));
    assertThat(said.money()).containsExactly(new Standing.Cost("USD", "1.5", null));
    assertThat(run(said).pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(run(said).endedAt()).isNull();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingIsWrittenWhileNothingChanges() throws IOException {
    publisher.nowAndThen();
    Files.delete(file());

    since = Duration.ofHours(1);
    publisher.nowAndThen();

    assertThat(file()).doesNotExist();
  }

  @Test
  void aChangeIsToldOnceASecondAtMost() {
    publisher.nowAndThen();

    counts = counts(9, 1);
    since = Duration.ofMillis(999);
    publisher.nowAndThen();
    assertThat(Publisher.published(home).orElseThrow().counts()).isEqualTo(counts(10, 0));

    since = Duration.ofSeconds(1);
    publisher.nowAndThen();
    assertThat(Publisher.published(home).orElseThrow().counts()).isEqualTo(counts(9, 1));
  }

  @Test
  void thePaceIsThatOfTheRunAndTellsHowLongTheRestTakes() {
    counts = counts(6, 4);
    since = Duration.ofMinutes(2);

    publisher.nowAndThen();

    Standing said = Publisher.published(home).orElseThrow();
    assertThat(run(said).rowsPerMinute()).isEqualTo(2.0);
    assertThat(said.secondsLeft()).isEqualTo(180);
  }

  @Test
  void whySendingStoppedIsTold() {
    publisher.nowAndThen();
    control.halt(HaltCause.LIMIT, Reason.of("limit", "20 were sent"));
    paused.put(new Kind("create sora-2"), new Reason("brake", "three were lost", "丢了三个"));
    since = Duration.ofSeconds(1);

    publisher.nowAndThen();

    Standing.Run run = run(Publisher.published(home).orElseThrow());
    assertThat(run.stopped())
        .isNotNull()
        .satisfies(
            stop -> {
              assertThat(stop.cause()).isEqualTo("LIMIT");
              assertThat(stop.message()).contains("limit of paid requests", "20 were sent");
            });
    assertThat(run.paused())
        .isEqualTo(Map.of("create sora-2", new Standing.Stop("brake", "three were lost", "丢了三个")));
  }

  @Test
  void theEndIsToldAtOnce() {
    publisher.nowAndThen();

    since = Duration.ofMillis(10);
    publisher.ended(Ending.HALTED);

    Standing.Run run = run(Publisher.published(home).orElseThrow());
    assertThat(run.endedAt()).isEqualTo(START.plus(since));
    assertThat(run.ending()).isEqualTo("halted");
    assertThat(run.exitCode()).isEqualTo(5);
  }

  @Test
  void aPlaceThatTakesNoFileDoesNotDisturbTheRun() throws IOException {
    Files.createDirectory(file());
    Files.createFile(file().resolve("in the way"));

    publisher.nowAndThen();
    publisher.ended(Ending.SUCCEEDED);

    assertThat(file()).isDirectory();
  }

  @Test
  void whatIsNoStandingIsNone() throws IOException {
    Files.writeString(file(), "{\"batch\": ");

    assertThat(Publisher.published(home)).isEmpty();
  }

  private Path file() {
    return folder.resolve("status.json");
  }

  private static Standing.Run run(Standing standing) {
    Standing.Run run = standing.run();
    if (run == null) {
      throw new AssertionError("no run");
    }
    return run;
  }

  private static Counts counts(long planned, long succeeded) {
    Map<RowState, Long> states = new HashMap<>();
    states.put(RowState.PLANNED, planned);
    if (succeeded > 0) {
      states.put(RowState.SUCCEEDED, succeeded);
    }
    return new Counts(states);
  }
}
