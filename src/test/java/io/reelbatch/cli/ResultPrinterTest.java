package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.job.Ending;
import io.reelbatch.job.RunResult;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Language;
import io.reelbatch.model.RowState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {

  @Test
  void whatWaitsForADoubtIsToldWithIt() {
    assertThat(said(Ending.IN_DOUBT, Map.of(RowState.IN_DOUBT, 1L, RowState.PLANNED, 3L)))
        .contains("1 in doubt", "3 rows wait for the videos of rows in doubt");
    assertThat(said(Ending.IN_DOUBT, Map.of(RowState.IN_DOUBT, 1L, RowState.SUCCEEDED, 3L)))
        .contains("1 in doubt")
        .doesNotContain("wait for");
  }

  @Test
  void whatAnUnfinishedRunHasNotSentWaitsForMoreThanDoubts() {
    assertThat(said(Ending.UNFINISHED, Map.of(RowState.IN_DOUBT, 1L, RowState.PLANNED, 3L)))
        .doesNotContain("wait for");
  }

  @Test
  void theNextCommandIsForTheHomeThatWasTyped() {
    assertThat(said(Ending.IN_DOUBT, Map.of(RowState.IN_DOUBT, 1L)))
        .contains("next: reelbatch doubt list --batch shots --simulate --home 'my home'");
  }

  private static String said(Ending ending, Map<RowState, Long> lines) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    Phrases phrases = new Phrases(Language.EN);
    new ResultPrinter(
            new BatchName("shots"),
            " --simulate --home 'my home'",
            new ErrorPrinter(Path.of("shots.csv"), "", 0, phrases),
            writer,
            writer,
            phrases)
        .print(
            new RunResult(
                ending,
                new Counts(lines),
                1,
                List.of(),
                false,
                null,
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                null,
                null,
                null));
    return said.toString();
  }
}
