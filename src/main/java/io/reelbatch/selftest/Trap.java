package io.reelbatch.selftest;

import io.reelbatch.simulator.Fault;
import io.reelbatch.simulator.Moment;
import io.reelbatch.simulator.Simulator;
import io.reelbatch.simulator.Witness;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kills a run at a moment of one of its requests: the request waits until the process is dead, so
 * nothing of it can happen later. Thread-safe.
 */
final class Trap implements Witness {

  private final Simulator gateway;
  private @Nullable Process victim;
  private @Nullable KillPlan plan;
  private int seen;

  Trap(Simulator gateway) {
    this.gateway = gateway;
  }

  /** Waits for this process to come to the moment of the plan. */
  synchronized void set(KillPlan when, Process process) {
    victim = process;
    plan = when;
    seen = 0;
  }

  /** Waits for nobody any more; whether it has caught the process. */
  synchronized boolean clear() {
    boolean caught = plan != null && seen >= plan.nth();
    victim = null;
    plan = null;
    return caught;
  }

  @Override
  public void sees(Moment moment) {
    caughtAt(moment).ifPresent(Kill::nine);
  }

  private synchronized Optional<Process> caughtAt(Moment moment) {
    Process process = victim;
    KillPlan when = plan;
    if (process == null
        || when == null
        || when.point().moment().filter(moment::equals).isEmpty()
        || ++seen != when.nth()) {
      return Optional.empty();
    }
    if (when.point() == KillPoint.ARRIVED_THEN_DROPPED) {
      gateway.nextSends(Fault.hangUp());
    }
    return Optional.of(process);
  }
}
