package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.job.Progress;
import io.reelbatch.ledger.Counts;
import io.reelbatch.ledger.Failure;
import io.reelbatch.model.Language;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import io.reelbatch.model.RowState;
import io.reelbatch.pacing.StopCause;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

  private static final Map<RowState, Long> ROWS =
      Map.of(RowState.PLANNED, 4L, RowState.SENDING, 1L, RowState.SUCCEEDED, 5L);

  private final ProgressLines english = new ProgressLines(new Phrases(Language.EN));
  private final ProgressLines chinese = new ProgressLines(new Phrases(Language.ZH));

  @Test
  void whatIsNotKnownIsNamed() {
    assertThat(english.display(progress(null, List.of(), null), 60))
        .containsExactly(
            "[##############--------------] 50 % of 10 rows, 90 s so far",
            "to send 4, at the gateway 1, succeeded 5, failed 0, in doubt 0",
            "no row is done yet, how long it takes is not known yet",
            "what it costs is not known: no prices are configured");
  }

  @Test
  void whatTheRestCostsSaysWhichRowsItDoesNotKnow() {
    Money spent = new Money(new BigDecimal("4"), Currency.getInstance("USD"));
    Money all = new Money(new BigDecimal("7.2"), Currency.getInstance("USD"));

    assertThat(
            english.display(
                progress(new Progress.Cost(List.of(spent), List.of(all), 2), List.of(), null), 60))
        .contains(
            "4 USD spent, reserved or in doubt, about 7.2 USD in all, and 2 rows without a known"
                + " price");
  }

  @Test
  void theLastFailuresStandBelowWithTheirReasonsInOneLine() {
    Reason reason = new Reason("bad", "no\ngood", "不行");
    List<Failure> failures =
        List.of(
            new Failure(new RowKey("shot-1"), RowState.REFUSED, reason),
            new Failure(new RowKey("shot-2"), RowState.FAILED, Reason.of("worse", "")),
            new Failure(new RowKey("shot-3"), RowState.IN_DOUBT, reason),
            new Failure(new RowKey("shot-4"), RowState.LOST, reason));

    assertThat(english.display(progress(null, failures, null), 60))
        .endsWith(
            "did not go well:",
            "  shot-1  refused  bad: no\\ngood",
            "  shot-2  failed  worse",
            "  shot-3  in doubt  bad: no\\ngood");
    assertThat(chinese.display(progress(null, failures, null), 60))
        .contains("  shot-1  被拒绝  不行", "  shot-2  失败  worse");
  }

  @Test
  void aStopSaysWhatIsAwaited() {
    assertThat(english.display(progress(null, List.of(), StopCause.SIGNAL), 60))
        .endsWith(
            "stopping, stopped by a signal: waiting for 1 answer; Ctrl-C again kills the program"
                + " and leaves that row in doubt");
  }

  @Test
  void aNarrowWindowHasNoBar() {
    assertThat(english.display(progress(null, List.of(), null), 20))
        .startsWith("50 % of 10 rows, 90 s so far");
  }

  private static Progress progress(
      Progress.@Nullable Cost cost, List<Failure> failures, @Nullable StopCause stop) {
    return new Progress(
        Instant.EPOCH,
        Duration.ofSeconds(90),
        new Counts(ROWS),
        null,
        null,
        cost,
        null,
        failures,
        stop,
        null,
        Set.of());
  }
}
