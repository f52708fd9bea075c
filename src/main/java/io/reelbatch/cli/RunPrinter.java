package io.reelbatch.cli;

import io.reelbatch.job.RunView;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.RowState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how far a run is: a line now and then, and only when something has changed. */
final class RunPrinter implements RunView {

  private final PrintWriter words;
  private final Duration every;
  private @Nullable Counts told;
  private long toldLine;
  private Duration toldAt = Duration.ZERO;
  private long toldFetched;
  private Duration toldFetchedAt = Duration.ZERO;

  RunPrinter(PrintWriter words, Duration every) {
    this.words = words;
    this.every = every;
  }

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {
    words.println(
        "batch " + batch + " at " + gateway + ", state in " + home.toAbsolutePath().normalize());
    if (doubtsFromBefore > 0) {
      words.println(
          "the last run died: of "
              + doubtsFromBefore
              + " rows it is not known whether they were accepted; they are in doubt and are not"
              + " sent again");
    }
  }

  @Override
  public void note(String text) {
    words.println(text);
  }

  @Override
  public void reads(long line, Duration since) {
    if (line == 0 || line == toldLine || since.minus(toldAt).compareTo(every) < 0) {
      return;
    }
    toldLine = line;
    toldAt = since;
    words.printf(
        Locale.ROOT, "%6s  read %d lines; nothing is sent yet%n", since.toSeconds() + " s", line);
  }

  @Override
  public void goesOn(Counts counts, Duration since) {
    if (counts.all() == 0 || counts.equals(told) || since.minus(toldAt).compareTo(every) < 0) {
      return;
    }
    told = counts;
    toldAt = since;
    words.printf(
        Locale.ROOT,
        "%6s  to send %d, at the gateway %d, succeeded %d, failed %d, in doubt %d%n",
        since.toSeconds() + " s",
        counts.of(RowState.PLANNED),
        counts.of(RowState.SENDING, RowState.ACCEPTED),
        counts.of(RowState.SUCCEEDED),
        counts.of(RowState.FAILED, RowState.REFUSED, RowState.LOST, RowState.SKIPPED),
        counts.of(RowState.IN_DOUBT));
  }

  @Override
  public void fetches(long fetched, long left, Duration since) {
    if (fetched == toldFetched || since.minus(toldFetchedAt).compareTo(every) < 0) {
      return;
    }
    toldFetched = fetched;
    toldFetchedAt = since;
    words.printf(
        Locale.ROOT,
        "%6s  videos: fetched %d, to fetch %d%n",
        since.toSeconds() + " s",
        fetched,
        left);
  }
}
