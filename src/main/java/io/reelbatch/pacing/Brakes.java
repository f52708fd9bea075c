package io.reelbatch.pacing;

import io.reelbatch.model.Blame;
import io.reelbatch.model.Kind;
import io.reelbatch.model.KindHistory;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowEvent;
import io.reelbatch.model.SendOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a systematic fault from costing a whole batch: it costs a few rows of its {@link Kind}.
 *
 * <p>The first row of a kind goes alone until it is answered (the canary). A kind whose answers get
 * lost, or whose tasks all fail, pauses for the rest of the run; polling and other kinds go on. A
 * kind that earlier runs had to stop is on trial: one row at a time, until that goes well. So the
 * same command under cron mends itself when the gateway does, and costs one row each time when it
 * does not. A kind that cannot be had waits, and is given up for the run after a while.
 *
 * <p>Thread-safe.
 */
public final class Brakes {

  private static final Logger log = LoggerFactory.getLogger(Brakes.class);
  private static final int WINDOW = 100;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final Duration LONGEST_OBEYED = Duration.ofHours(1);

  private final BrakeSettings settings;
  private final MonotonicClock clock;
  private final Map<Kind, Standing> standings = new HashMap<>();

  private static final class Standing {
    private final Deque<Boolean> lastSends = new ArrayDeque<>();
    private boolean proven;
    private boolean hasSucceeded;
    private boolean onTrial;
    private boolean toldOfProbation;
    private long sending;
    private long active;
    private long failures;
    private int doubtsInARow;
    private int refusals;
    private int unavailable;
    private long waitsUntil;
    private boolean waits;
    private @Nullable Reason paused;
  }

  /** Starts from what earlier runs saw. */
  public Brakes(BrakeSettings settings, MonotonicClock clock, Map<Kind, KindHistory> histories) {
    this.settings = settings;
    this.clock = clock;
    histories.forEach((kind, history) -> standings.put(kind, remembered(history)));
  }

  private Standing remembered(KindHistory history) {
    Standing standing = new Standing();
    standing.proven = history.accepted() > 0;
    standing.hasSucceeded = history.succeeded() > 0;
    standing.active = history.active();
    standing.failures = history.failed();
    for (boolean doubt : history.doubts()) {
      if (standing.lastSends.size() < WINDOW) {
        standing.lastSends.addLast(doubt);
      }
      if (doubt && standing.doubtsInARow == standing.lastSends.size() - 1) {
        standing.doubtsInARow++;
      }
    }
    standing.onTrial = hasTooManyDoubts(standing) || hasOnlyFailures(standing);
    return standing;
  }

  /** How many more rows of this kind may be sent now. */
  public synchronized long room(Kind kind) {
    Standing standing = of(kind);
    if (standing.paused != null || isWaiting(standing)) {
      return 0;
    }
    if (standing.onTrial) {
      long results = hasOnlyFailures(standing) ? standing.active : 0;
      return standing.sending + results == 0 ? 1 : 0;
    }
    if (!standing.proven && settings.canaryRefusals() > 0) {
      return standing.sending == 0 ? 1 : 0;
    }
    if (standing.hasSucceeded || settings.firstFailures() == 0) {
      return Long.MAX_VALUE;
    }
    long room = settings.firstFailures() - standing.failures - standing.active - standing.sending;
    if (room <= 0) {
      tellOfProbation(kind, standing);
    }
    return Math.max(0, room);
  }

  private void tellOfProbation(Kind kind, Standing standing) {
    if (!standing.toldOfProbation) {
      standing.toldOfProbation = true;
      log.info(
          "until the first '{}' succeeds, no more than {} of them are under way, so that a fault"
              + " common to all costs few; reelbatch.brakes.first-failures=0 lifts that",
          kind,
          settings.firstFailures());
    }
  }

  /** Whether time alone may give it room again. */
  public synchronized boolean isWaiting(Kind kind) {
    Standing standing = of(kind);
    return standing.paused == null && isWaiting(standing);
  }

  private boolean isWaiting(Standing standing) {
    if (standing.waits && standing.waitsUntil - clock.nanos() <= 0) {
      standing.waits = false;
    }
    return standing.waits;
  }

  /** A row of this kind is about to be sent. */
  public synchronized void sending(Kind kind) {
    of(kind).sending++;
  }

  /** A row that was about to be sent was not. */
  public synchronized void kept(Kind kind) {
    of(kind).sending--;
  }

  /** A row of this kind was sent; call before its outcome makes others ready. */
  public synchronized void answered(Kind kind, SendOutcome outcome) {
    Standing standing = of(kind);
    standing.sending--;
    if (outcome instanceof SendOutcome.Accepted) {
      wasHeard(standing);
      standing.proven = true;
      standing.active++;
      standing.refusals = 0;
      standing.onTrial = hasOnlyFailures(standing);
    } else if (outcome instanceof SendOutcome.Refused refused) {
      wasHeard(standing);
      refused(kind, standing, refused);
    } else if (outcome instanceof SendOutcome.InDoubt doubt) {
      doubted(kind, standing, doubt.reason());
    } else if (outcome instanceof SendOutcome.Deferred deferred
        && deferred.reach() == SendOutcome.Reach.MODEL) {
      unavailable(kind, standing, deferred);
    }
  }

  /**
   * A task of this kind has come to its end.
   *
   * @param end what happened to its row: succeeded, failed or lost
   */
  public synchronized void ended(Kind kind, RowEvent end) {
    Standing standing = of(kind);
    standing.active = Math.max(0, standing.active - 1);
    if (end == RowEvent.SUCCEEDED) {
      standing.hasSucceeded = true;
      standing.onTrial = false;
    } else if (end == RowEvent.FAILED) {
      standing.failures++;
      if (hasOnlyFailures(standing)) {
        pause(
            kind,
            standing,
            Reason.of(
                "tasks_fail",
                standing.failures == 1
                    ? Message.of("1 task failed and none has succeeded")
                    : Message.of("{0} tasks failed and none has succeeded", standing.failures)));
      }
    }
  }

  /** The kinds that pause for the rest of the run, and what was seen. */
  public synchronized Map<Kind, Reason> paused() {
    Map<Kind, Reason> paused = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    standings.forEach(
        (kind, standing) -> {
          if (standing.paused != null) {
            paused.put(kind, standing.paused);
          }
        });
    return paused;
  }

  private void wasHeard(Standing standing) {
    standing.doubtsInARow = 0;
    standing.unavailable = 0;
    note(standing, false);
  }

  private void refused(Kind kind, Standing standing, SendOutcome.Refused refused) {
    if (standing.proven || refused.blame() == Blame.PROMPT || settings.canaryRefusals() == 0) {
      return; // one row's own affair
    }
    standing.refusals++;
    if (standing.refusals >= settings.canaryRefusals()) {
      pause(
          kind,
          standing,
          Reason.of(
              "first_refused",
              Message.of(
                  "the first row was refused ({0}); the others may fare no better",
                  refused.reason())));
    }
  }

  private void doubted(Kind kind, Standing standing, Reason reason) {
    standing.unavailable = 0;
    standing.doubtsInARow++;
    note(standing, true);
    if (hasTooManyDoubts(standing)) {
      pause(
          kind,
          standing,
          Reason.of(
              "answers_lost",
              Message.of(
                  "{0} of the last {1} paid requests have no known answer (the last one: {2})",
                  doubts(standing), standing.lastSends.size(), reason)));
    }
  }

  private void unavailable(Kind kind, Standing standing, SendOutcome.Deferred deferred) {
    standing.unavailable++;
    Duration asked = deferred.pause();
    Duration wait =
        asked == null || asked.isZero()
            ? min(
                FIRST_WAIT.multipliedBy(1L << Math.min(standing.unavailable - 1, 10)), LONGEST_WAIT)
            : min(asked, LONGEST_OBEYED);
    standing.waits = true;
    standing.waitsUntil = clock.nanos() + wait.toNanos();
    if (settings.modelUnavailable() > 0 && standing.unavailable >= settings.modelUnavailable()) {
      pause(
          kind,
          standing,
          Reason.of(
              "model_unavailable",
              Message.of(
                  "the gateway cannot serve this model ({0}); asked {1} times, given up for this run",
                  deferred.reason(), standing.unavailable)));
    }
  }

  private static void note(Standing standing, boolean doubt) {
    standing.lastSends.addFirst(doubt);
    if (standing.lastSends.size() > WINDOW) {
      standing.lastSends.removeLast();
    }
  }

  private boolean hasTooManyDoubts(Standing standing) {
    boolean row = settings.doubtsInARow() > 0 && standing.doubtsInARow >= settings.doubtsInARow();
    boolean share = settings.doubtShare() > 0 && doubts(standing) > settings.doubtShare() * WINDOW;
    return row || share;
  }

  private static long doubts(Standing standing) {
    return standing.lastSends.stream().filter(doubt -> doubt).count();
  }

  private boolean hasOnlyFailures(Standing standing) {
    return settings.firstFailures() > 0
        && !standing.hasSucceeded
        && standing.failures >= settings.firstFailures();
  }

  private static void pause(Kind kind, Standing standing, Reason reason) {
    if (standing.paused == null) {
      standing.paused = reason;
      log.warn("nothing more of '{}' is sent in this run: {}", kind, reason);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private Standing of(Kind kind) {
    return standings.computeIfAbsent(kind, unknown -> new Standing());
  }
}
