package io.reelbatch.selftest;

import io.reelbatch.simulator.LoggedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One batch: started, killed, and started again until it ends by itself. */
final class KilledBatch {

  /** A JVM and Spring need longer than that to begin. */
  private static final Duration TOO_EARLY_TO_SEND = Duration.ofSeconds(1);

  private final String name;
  private final int inFlight;
  private final SplittableRandom random;
  private final Site site;
  private final KillBudget budget;
  private final UsualTime usual;
  private final Trap trap;
  private final Map<KillPoint, Long> kills = new EnumMap<>(KillPoint.class);
  private final List<String> misbehaviour = new ArrayList<>();
  private int starts;
  private long lastStart;

  KilledBatch(
      String name,
      int inFlight,
      SplittableRandom random,
      Site site,
      KillBudget budget,
      UsualTime usual) {
    this.name = name;
    this.inFlight = inFlight;
    this.random = random;
    this.site = site;
    this.budget = budget;
    this.usual = usual;
    this.trap = new Trap(site.gateway());
    site.gateway().watchedBy(trap);
  }

  /** Plays it to its end. */
  Evidence play() throws InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = budget.take() ? wasKilled(KillPlan.draw(random)) : wasKilled(null);
    }
    return new Evidence(
        name,
        site.scenario().prompts(),
        site.cap(),
        site.requests(),
        site.report(),
        kills,
        inFlight,
        starts,
        lastStart,
        misbehaviour);
  }

  /** Starts it once; false when it has ended by itself, or should have. */
  private boolean wasKilled(@Nullable KillPlan plan) throws InterruptedException {
    starts++;
    long begun = System.nanoTime();
    Process process = site.start(starts);
    boolean killed = plan != null && meets(plan, process);
    boolean hung = !killed && process.isAlive() && !ends(process);
    Kill.nine(process);
    int exit = process.exitValue();
    if (plan != null) {
      // It may have ended by itself just before the blow.
      if (killed && !site.isAtItsEnd(exit)) {
        kills.merge(plan.point(), 1L, Long::sum);
        return true;
      }
      budget.giveBack();
    }
    usual.took(Duration.ofNanos(System.nanoTime() - begun));
    if (hung || !site.isAtItsEnd(exit)) {
      misbehaviour.add(
          "go on where it was: start "
              + starts
              + (hung ? " did not end: " : " ended with " + exit + ": ")
              + site.lastWords(starts));
    }
    return false;
  }

  /** Whether the plan came to pass before the process was at its end. */
  private boolean meets(KillPlan plan, Process process) throws InterruptedException {
    if (plan.point() == KillPoint.ANY_TIME) {
      Duration after = plan.after(usual.time());
      boolean early = after.compareTo(TOO_EARLY_TO_SEND) < 0;
      boolean lives =
          early
              ? livesFor(after, process)
              : livesUntilItMaySend(process) && livesFor(after.minus(TOO_EARLY_TO_SEND), process);
      Kill.nine(process);
      return lives;
    }
    trap.set(plan, process);
    ends(process);
    return trap.clear();
  }

  /** Whether it does so by itself, or in the trap. */
  private boolean ends(Process process) throws InterruptedException {
    return !livesUntilItMaySend(process) || !livesFor(Ends.LONGEST, process);
  }

  // What the last run had sent before it was killed may reach the gateway a little later. Taken at
  // the start itself, the mark would count it as sent by this run, which nobody kills perhaps.
  private boolean livesUntilItMaySend(Process process) throws InterruptedException {
    boolean lives = livesFor(TOO_EARLY_TO_SEND, process);
    List<LoggedRequest> requests = site.requests();
    lastStart = requests.isEmpty() ? 0 : requests.get(requests.size() - 1).number();
    return lives;
  }

  private static boolean livesFor(Duration time, Process process) throws InterruptedException {
    return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
