package io.reelbatch.selftest;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The whole of it: one batch in peace, one with a crowd of starts, and then as many under fire as
 * it takes to deal all kills.
 */
public final class Selftest {

  private final SelftestSettings settings;
  private final Path jar;
  private final PrintWriter words;
  private final KillBudget budget;
  private final UsualTime usual = new UsualTime();
  private final long began = System.currentTimeMillis();
  private final AtomicInteger batches = new AtomicInteger();

  /**
   * A selftest of this program.
   *
   * @param jar the packaged program
   * @param words is told now and then how far it is
   */
  public Selftest(SelftestSettings settings, Path jar, PrintWriter words) {
    this.settings = settings;
    this.jar = jar;
    this.words = words;
    this.budget = new KillBudget(settings.kills());
  }

  /**
   * Plays it all. Blocks for minutes. Whatever happens, no process and, unless it is to be kept, no
   * file is left when this returns or the JVM ends.
   *
   * @throws IllegalStateException if the selftest itself cannot work; that proves nothing
   */
  public Certificate run() throws InterruptedException {
    try (Ground ground = Ground.open(settings.keep());
        Progress progress = new Progress(budget, batches, words)) {
      progress.say("unpacking the program; one batch in peace");
      RealProgram program = RealProgram.unpacked(jar, ground);
      Verdict verdict = batch(program, ground, new KillBudget(0));
      progress.say(settings.crowd() + " starts on one home");
      verdict = verdict.plus(crowd(program, ground));
      progress.say(settings.kills() + " kills, " + settings.parallel() + " batches at once");
      return Certificate.of(verdict.plus(underFire(program, ground)));
    }
  }

  private Verdict underFire(RealProgram program, Ground ground) throws InterruptedException {
    Callable<Verdict> worker =
        () -> {
          Verdict verdict = Verdict.NOTHING;
          while (!budget.isSpent()) {
            verdict = verdict.plus(batch(program, ground, budget));
          }
          return verdict;
        };
    ExecutorService threads = Executors.newFixedThreadPool(settings.parallel());
    try {
      List<Future<Verdict>> workers = new ArrayList<>();
      for (int i = 0; i < settings.parallel(); i++) {
        workers.add(threads.submit(worker));
      }
      Verdict verdict = Verdict.NOTHING;
      for (Future<Verdict> one : workers) {
        verdict = verdict.plus(one.get());
      }
      return verdict;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the selftest failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Verdict batch(RealProgram program, Ground ground, KillBudget kills)
      throws InterruptedException {
    int number = batches.incrementAndGet();
    String name = "b" + number;
    SplittableRandom random = random(number);
    // With every second one the disk is not synced: what saves the intents then is the write alone.
    Site.DiskSync sync = number % 2 == 0 ? Site.DiskSync.OFF : Site.DiskSync.ON;
    Cap cap = number % 3 == 0 ? Cap.MOST : Cap.ALL;
    try (Site site = site(program, ground, name, cap, sync, random)) {
      return Judge.judge(
          new KilledBatch(name, settings.inFlight(), random, site, kills, usual).play());
    }
  }

  private Verdict crowd(RealProgram program, Ground ground) throws InterruptedException {
    String name = "crowd";
    try (Site site = site(program, ground, name, Cap.ALL, Site.DiskSync.ON, random(0))) {
      return Judge.judge(new Crowd(name, settings.crowd(), settings.inFlight(), site).play());
    }
  }

  private Site site(
      RealProgram program,
      Ground ground,
      String name,
      Cap cap,
      Site.DiskSync sync,
      SplittableRandom random) {
    Scenario scenario = new Scenario(name, settings.rows(), random);
    return new Site(
        program,
        ground.folder(name),
        scenario,
        cap.of(scenario.prompts().size()),
        settings.inFlight(),
        sync,
        settings.server(),
        "selftest-" + began + "-" + name,
        random);
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(settings.seed() * 1_000_003 + number);
  }
}
