package io.reelbatch.cli;

import io.reelbatch.job.Progress;
import io.reelbatch.job.RunView;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Shows a run on a terminal, in a few lines that stay in their place. What else is said meanwhile,
 * on standard output or standard error, scrolls by above them.
 */
final class LiveView implements RunView, AutoCloseable {

  private final SystemTerminal terminal;
  private final Screen screen;
  private final Phrases phrases;
  private final ProgressLines lines;
  private final RunPrinter words;
  private final PrintStream standardError;

  private LiveView(SystemTerminal terminal, Phrases phrases) {
    this.terminal = terminal;
    this.screen = new Screen(System.out, terminal, ReelbatchCommand.charset());
    this.phrases = phrases;
    this.lines = new ProgressLines(phrases);
    this.words =
        new RunPrinter(
            new PrintWriter(stream(System.out), true, ReelbatchCommand.charset()),
            Duration.ZERO,
            ZoneId.systemDefault(),
            phrases);
    this.standardError = System.err;
    System.setErr(new PrintStream(stream(standardError), true, ReelbatchCommand.charset()));
  }

  /** Begins to show; empty where the terminal cannot be painted on. */
  static Optional<LiveView> open(Phrases phrases) {
    return SystemTerminal.open().map(terminal -> new LiveView(terminal, phrases));
  }

  private OutputStream stream(PrintStream target) {
    return screen.above(target);
  }

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {
    words.begins(batch, home, gateway, doubtsFromBefore);
  }

  @Override
  public void note(Message text) {
    words.note(text);
  }

  @Override
  public void reads(long line, Instant at, Duration since) {
    if (line > 0) {
      screen.paint(List.of(phrases.say("run.reads", line)));
    }
  }

  @Override
  public void goesOn(Progress progress) {
    if (progress.counts().all() > 0) {
      screen.paint(lines.display(progress, terminal.columns()));
    }
  }

  /** Leaves what is painted where it is; what follows comes below it. */
  @Override
  public void close() {
    System.err.close();
    System.setErr(standardError);
    terminal.close();
  }
}
