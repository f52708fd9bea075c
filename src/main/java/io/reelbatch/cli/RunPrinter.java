package io.reelbatch.cli;

import io.reelbatch.job.Progress;
import io.reelbatch.job.RunView;
import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.HaltCause;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Message;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a run is, for a log: a line now and then while something changes, and ever more
 * seldom while nothing does.
 */
final class RunPrinter implements RunView {

  private static final int FIRST_SILENCE = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private final PrintWriter out;
  private final Duration every;
  private final ZoneId zone;
  private final Phrases phrases;
  private final ProgressLines lines;
  private @Nullable Seen seen;
  private @Nullable Seen told;
  private Duration seenSince = Duration.ZERO;
  private Duration toldAt = Duration.ZERO;
  private Duration silence;
  private long toldLine;
  private boolean toldToStop;

  /** What is worth a line when it changes. */
  private record Seen(
      Counts counts,
      Progress.@Nullable Videos videos,
      @Nullable HaltCause halt,
      Set<Kind> paused) {}

  /**
   * Prints there.
   *
   * @param every least time between two lines
   * @param zone whose time the lines begin with
   */
  RunPrinter(PrintWriter out, Duration every, ZoneId zone, Phrases phrases) {
    this.out = out;
    this.every = every;
    this.zone = zone;
    this.phrases = phrases;
    this.lines = new ProgressLines(phrases);
    this.silence = every.multipliedBy(FIRST_SILENCE);
  }

  @Override
  public void begins(BatchName batch, Path home, String gateway, int doubtsFromBefore) {
    out.println(
        phrases.say(
            "run.begins", batch, phrases.gateway(gateway), home.toAbsolutePath().normalize()));
    if (doubtsFromBefore > 0) {
      out.println(phrases.say("run.died", doubtsFromBefore));
    }
  }

  @Override
  public void note(Message text) {
    out.println(phrases.say(text));
  }

  @Override
  public void reads(long line, Instant at, Duration since) {
    if (line == 0 || line == toldLine || since.minus(toldAt).compareTo(every) < 0) {
      return;
    }
    toldLine = line;
    toldAt = since;
    say(at, since, phrases.say("run.reads", line));
  }

  @Override
  public void goesOn(Progress progress) {
    if (progress.counts().all() == 0) {
      return;
    }
    sayOnceThatItStops(progress);
    Duration since = progress.since();
    Seen now = new Seen(progress.counts(), progress.videos(), progress.halt(), progress.paused());
    if (!now.equals(seen)) {
      seen = now;
      seenSince = since;
    }
    boolean changed = !now.equals(told);
    if (since.minus(toldAt).compareTo(changed ? every : silence) < 0) {
      return;
    }
    silence = changed ? every.multipliedBy(FIRST_SILENCE) : silence.multipliedBy(2);
    told = now;
    toldAt = since;
    String line = lines.line(progress);
    say(
        progress.at(),
        since,
        changed
            ? line
            : line
                + phrases.say("then")
                + phrases.say("run.still", phrases.time(since.minus(seenSince))));
  }

  private void sayOnceThatItStops(Progress progress) {
    if (!toldToStop) {
      lines
          .stopping(progress)
          .ifPresent(
              text -> {
                toldToStop = true;
                say(progress.at(), progress.since(), text);
              });
    }
  }

  private void say(Instant at, Duration since, String text) {
    out.println(
        TIME.format(at.atZone(zone)) + " " + "%7s  ".formatted(since.toSeconds() + " s") + text);
  }
}
