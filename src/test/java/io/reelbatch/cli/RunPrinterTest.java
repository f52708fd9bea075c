package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.job.Progress;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Language;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.StopCause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunPrinterTest {

  private static final Instant START = Instant.parse("2026-11-20T22:00:00Z");

  private final StringWriter said = new StringWriter();
  private final RunPrinter printer =
      new RunPrinter(
          new PrintWriter(said, true),
          Duration.ofSeconds(30),
          ZoneId.of("Asia/Shanghai"),
          new Phrases(Language.EN));

  @Test
  void aLargeFileIsToldOfNowAndThenWhileItIsRead() {
    reads(0, 40);
    reads(2_000, 41);
    reads(4_000, 60);
    reads(90_000, 71);
    reads(90_000, 110);

    assertThat(said.toString().lines())
        .containsExactly(
            "2026-11-21T06:00:41+08:00    41 s  read 2000 lines; nothing is sent yet",
            "2026-11-21T06:01:11+08:00    71 s  read 90000 lines; nothing is sent yet");
  }

  @Test
  void rowsAreToldOfWhenSomethingHasChanged() {
    goesOn(40, Map.of());
    goesOn(41, Map.of(RowState.PLANNED, 3L, RowState.ACCEPTED, 2L));
    goesOn(50, Map.of(RowState.PLANNED, 2L, RowState.ACCEPTED, 3L));
    goesOn(71, Map.of(RowState.PLANNED, 1L, RowState.ACCEPTED, 4L));
    goesOn(110, Map.of(RowState.PLANNED, 1L, RowState.ACCEPTED, 4L));

    assertThat(said.toString().lines())
        .containsExactly(
            "2026-11-21T06:00:41+08:00    41 s  to send 3, at the gateway 2, succeeded 0, failed 0,"
                + " in doubt 0",
            "2026-11-21T06:01:11+08:00    71 s  to send 1, at the gateway 4, succeeded 0, failed 0,"
                + " in doubt 0");
  }

  @Test
  void aRunInWhichNothingChangesIsToldOfEverMoreSeldom() {
    for (int second = 30; second <= 12_000; second += 10) {
      goesOn(second, Map.of(RowState.ACCEPTED, 1L));
    }

    assertThat(said.toString().lines().map(line -> line.replaceAll(".*in doubt 0", "")))
        .containsExactly(
            "",
            "; nothing has changed for 10 min",
            "; nothing has changed for 30 min",
            "; nothing has changed for 70 min",
            "; nothing has changed for 2.5 h");
  }

  @Test
  void factsHaveTheirOrderAndUnknownOnesAreLeftOut() {
    Currency usd = Currency.getInstance("USD");
    printer.goesOn(
        new Progress(
            START,
            Duration.ofSeconds(90),
            new Counts(Map.of(RowState.PLANNED, 3L, RowState.SUCCEEDED, 2L)),
            1.5,
            Duration.ofMinutes(3),
            new Progress.Cost(
                List.of(new Money(new BigDecimal("1.60"), usd)),
                List.of(new Money(new BigDecimal("3.20"), usd)),
                1),
            new Progress.Videos(1, 1),
            List.of(),
            null,
            HaltCause.BUDGET,
            Set.of(new Kind("create sora-2"))));

    assertThat(said.toString())
        .contains(
            "to send 3, at the gateway 0, succeeded 2, failed 0, in doubt 0; 1.5 rows a minute; done"
                + " in about 3 min; 1.6 USD spent, reserved or in doubt, about 3.2 USD in all, and 1"
                + " row without a known price; videos: fetched 1, to fetch 1; sending stopped: the"
                + " spending cap is reached; what was sent is watched on; kept back: create sora-2");
  }

  @Test
  void aStopIsToldAtOnceAndOnceWithWhatItWaitsFor() {
    Map<RowState, Long> rows = Map.of(RowState.SENDING, 3L, RowState.ACCEPTED, 2L);
    printer.goesOn(progress(1, rows, StopCause.SIGNAL));
    printer.goesOn(progress(2, rows, StopCause.SIGNAL));

    assertThat(said.toString().lines())
        .containsExactly(
            "2026-11-21T06:00:01+08:00     1 s  stopping, stopped by a signal: waiting for 3 answers;"
                + " Ctrl-C again kills the program and leaves these rows in doubt");
  }

  private void reads(long line, int second) {
    printer.reads(line, START.plusSeconds(second), Duration.ofSeconds(second));
  }

  private void goesOn(int second, Map<RowState, Long> rows) {
    printer.goesOn(progress(second, rows, null));
  }

  private static Progress progress(int second, Map<RowState, Long> rows, @Nullable StopCause stop) {
    return new Progress(
        START.plusSeconds(second),
        Duration.ofSeconds(second),
        new Counts(rows),
        null,
        null,
        null,
        null,
        List.of(),
        stop,
        null,
        Set.of());
  }
}
