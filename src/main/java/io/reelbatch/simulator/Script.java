package io.reelbatch.simulator;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The faults asked for, one queue for the next requests and one for all that follow. Thread-safe.
 */
final class Script {

  private final Queue<Fault> next = new ArrayDeque<>();
  private @Nullable Fault every;

  synchronized void next(List<Fault> faults) {
    next.addAll(faults);
  }

  synchronized void every(Fault fault) {
    every = fault;
  }

  synchronized void heal() {
    next.clear();
    every = null;
  }

  /** Takes the fault of the request at hand; empty if the script has none for it. */
  synchronized Optional<Fault> take() {
    Fault first = next.poll();
    return Optional.ofNullable(first == null ? every : first);
  }
}
