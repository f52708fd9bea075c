package io.reelbatch.worlds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Lets one thread of a process run at a time. Whenever that one would wait, the next is drawn from
 * those that can go on; when none can, time passes until one can. The same draws make the same run.
 */
final class Conductor {

  /** Looks at each hand-over and may let something happen there. */
  interface Watcher {
    void at(long step);
  }

  private static final Duration REAL_PATIENCE = Duration.ofSeconds(60);

  /** A thread of the process. */
  final class Player implements Runnable {

    final String name;
    private final Runnable body;
    private final Semaphore turn = new Semaphore(0);
    private long wake;
    private BooleanSupplier early = Conductor::never;
    private volatile Thread thread;

    private Player(String name, Runnable body) {
      this.name = name;
      this.body = body;
      this.wake = now;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      turn.acquireUninterruptibly();
      try {
        if (!dead) {
          body.run();
        }
      } catch (ProcessDied e) {
        // as it should
      } catch (Throwable e) {
        if (!dead) {
          failures.add(e);
        }
      } finally {
        thread = null;
        leave(this);
      }
    }

    boolean isOver() {
      return !players.contains(this);
    }
  }

  private final Executor threads;
  private final RandomGenerator random;
  private final double stickiness;
  private final long mostSteps;
  private final Watcher watcher;
  private final List<Player> players = new ArrayList<>();
  private final List<Player> ready = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Semaphore over = new Semaphore(0);
  private Player current;
  private long now;
  private long steps;
  private boolean dead;

  /**
   * A process that has not begun.
   *
   * @param stickiness how likely the one that runs goes on when it could
   * @param now virtual nanoseconds
   */
  Conductor(
      Executor threads,
      RandomGenerator random,
      double stickiness,
      long now,
      long mostSteps,
      Watcher watcher) {
    this.threads = threads;
    this.random = random;
    this.stickiness = stickiness;
    this.now = now;
    this.mostSteps = mostSteps;
    this.watcher = watcher;
  }

  /** Runs a process to its end, natural or not, and with it all of its threads. */
  void play(String name, Runnable body) {
    Player main = new Player(name, body);
    players.add(main);
    threads.execute(main);
    current = main;
    main.turn.release();
    try {
      if (!over.tryAcquire(REAL_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the run hangs: " + stacks());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a thread of the run failed: " + failures.get(0), failures.get(0));
    }
  }

  private String stacks() {
    StringBuilder text = new StringBuilder();
    for (Player player : List.copyOf(players)) {
      Thread thread = player.thread;
      text.append("\n  ").append(player.name).append(player == current ? " (its turn)" : "");
      if (thread != null) {
        for (StackTraceElement element : thread.getStackTrace()) {
          text.append("\n    ").append(element);
        }
      }
    }
    return text.toString();
  }

  /** A new thread of the process; it waits for its turn. */
  Player spawn(String name, Runnable body) {
    dieIfDead();
    Player player = new Player(name, body);
    players.add(player);
    threads.execute(player);
    return player;
  }

  /** Gives the others a chance. */
  void giveWay() {
    rest(Duration.ZERO, Conductor::never);
  }

  private static boolean never() {
    return false;
  }

  /** Waits for that long. */
  void sleep(Duration duration) {
    rest(duration, Conductor::never);
  }

  /** Waits until something is so, at most that long. */
  void rest(Duration longest, BooleanSupplier early) {
    dieIfDead();
    Player me = current;
    if (me.thread != Thread.currentThread()) {
      throw new IllegalStateException("not the turn of " + Thread.currentThread());
    }
    me.wake = now + longest.toNanos();
    me.early = early;
    Player next = choose(me);
    if (next != me) {
      current = next;
      next.turn.release();
      me.turn.acquireUninterruptibly();
    }
    dieIfDead();
  }

  private void leave(Player me) {
    players.remove(me);
    if (players.isEmpty()) {
      over.release();
      return;
    }
    Player next = choose(me);
    current = next;
    next.turn.release();
  }

  private Player choose(Player me) {
    if (!dead) {
      steps++;
      watcher.at(steps);
      if (steps > mostSteps) {
        failures.add(new AssertionError("the run does not end: " + steps + " steps"));
        dead = true;
      }
    }
    if (dead) {
      return players.contains(me) ? me : players.get(0);
    }
    findReady();
    if (ready.isEmpty()) {
      long next = Long.MAX_VALUE;
      for (Player player : players) {
        next = Math.min(next, player.wake);
      }
      now = Math.max(now, next);
      findReady();
    }
    if (ready.size() == 1) {
      return ready.get(0);
    }
    if (stickiness > 0 && ready.contains(me) && random.nextDouble() < stickiness) {
      return me;
    }
    return ready.get(random.nextInt(ready.size()));
  }

  private void findReady() {
    ready.clear();
    for (Player player : players) {
      if (player.wake <= now || player.early.getAsBoolean()) {
        ready.add(player);
      }
    }
  }

  /** From here on nothing that the process does counts, and its threads end. */
  void kill() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  void dieIfDead() {
    if (dead) {
      throw new ProcessDied();
    }
  }

  /** Who has the turn. */
  Player current() {
    return current;
  }

  /** Whether the caller is the one who has the turn, not a thread that works for it. */
  boolean isMyTurn() {
    Player player = current;
    return player != null && player.thread == Thread.currentThread();
  }

  int threads() {
    return players.size();
  }

  long now() {
    return now;
  }

  long steps() {
    return steps;
  }
}
