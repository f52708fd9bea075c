package io.reelbatch.selftest;

import io.reelbatch.simulator.Moment;
import io.reelbatch.simulator.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many starts of one command on one home. The one that works cannot end before the others have: the
 * gateway keeps it waiting until then.
 */
final class Crowd implements Witness {

  private static final int AT_ONCE = 8;

  private final String name;
  private final int starts;
  private final int inFlight;
  private final Site site;
  private final CountDownLatch othersLeft;
  private final List<String> misbehaviour = new ArrayList<>();

  Crowd(String name, int starts, int inFlight, Site site) {
    this.name = name;
    this.starts = starts;
    this.inFlight = inFlight;
    this.site = site;
    this.othersLeft = new CountDownLatch(starts - 1);
    site.gateway().watchedBy(this);
  }

  @Override
  public void sees(Moment moment) {
    if (moment == Moment.QUERY_ARRIVED) {
      try {
        othersLeft.await(Ends.LONGEST.toSeconds() / 2, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Starts them all, and judges that exactly one worked. */
  Evidence play() throws InterruptedException {
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 1; i <= starts; i++) {
      int number = i;
      all.add(() -> exit(number));
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, starts));
    try {
      count(threads.invokeAll(all));
    } finally {
      threads.shutdownNow();
    }
    return new Evidence(
        name,
        site.scenario().prompts(),
        site.cap(),
        site.requests(),
        site.report(),
        Map.of(),
        inFlight,
        starts,
        0,
        misbehaviour);
  }

  private int exit(int number) throws InterruptedException {
    Process process = site.start(number);
    process.waitFor(Ends.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    Kill.nine(process);
    othersLeft.countDown();
    return process.exitValue();
  }

  private void count(List<Future<Integer>> exits) throws InterruptedException {
    int worked = 0;
    for (int i = 0; i < exits.size(); i++) {
      int exit = exit(exits.get(i));
      if (site.isAtItsEnd(exit)) {
        worked++;
      } else if (exit != Ends.IN_USE) {
        misbehaviour.add(
            "one run at a time: start "
                + (i + 1)
                + " ended with "
                + exit
                + ": "
                + site.lastWords(i + 1));
      }
    }
    if (worked != 1) {
      misbehaviour.add("one run at a time: " + worked + " of " + starts + " starts worked");
    }
  }

  private static int exit(Future<Integer> ended) throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a start of the program failed", e);
    }
  }
}
