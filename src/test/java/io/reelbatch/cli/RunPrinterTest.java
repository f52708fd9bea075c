package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.RowState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunPrinterTest {

  private final StringWriter said = new StringWriter();
  private final RunPrinter printer =
      new RunPrinter(new PrintWriter(said, true), Duration.ofSeconds(30));

  @Test
  void aLargeFileIsToldOfNowAndThenWhileItIsRead() {
    printer.reads(0, Duration.ofSeconds(40));
    printer.reads(2_000, Duration.ofSeconds(41));
    printer.reads(4_000, Duration.ofSeconds(60));
    printer.reads(90_000, Duration.ofSeconds(71));
    printer.reads(90_000, Duration.ofSeconds(110));

    assertThat(said.toString().lines())
        .containsExactly(
            "  41 s  read 2000 lines; nothing is sent yet",
            "  71 s  read 90000 lines; nothing is sent yet");
  }

  @Test
  void rowsAreToldOfWhenSomethingHasChanged() {
    Counts counts = new Counts(Map.of(RowState.PLANNED, 3L, RowState.ACCEPTED, 2L));

    printer.goesOn(new Counts(Map.of()), Duration.ofSeconds(40));
    printer.goesOn(counts, Duration.ofSeconds(41));
    printer.goesOn(counts, Duration.ofSeconds(99));

    assertThat(said.toString().lines())
        .containsExactly("  41 s  to send 3, at the gateway 2, succeeded 0, failed 0, in doubt 0");
  }

  @Test
  void videosAreToldOfWhenMoreOfThemAreThere() {
    printer.fetches(0, 0, Duration.ofSeconds(40));
    printer.fetches(3, 9, Duration.ofSeconds(41));
    printer.fetches(4, 8, Duration.ofSeconds(60));
    printer.fetches(5, 7, Duration.ofSeconds(71));
    printer.fetches(5, 7, Duration.ofSeconds(150));

    assertThat(said.toString().lines())
        .containsExactly(
            "  41 s  videos: fetched 3, to fetch 9", "  71 s  videos: fetched 5, to fetch 7");
  }
}
