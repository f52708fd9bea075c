package io.reelbatch.simulator;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The faults asked for, one queue for the next requests and one for all that follow. Thread-safe.
 */
final class Script {

  private final Queue<Fault> next = new ArrayDeque<>();
  private final Map<String, Fault> everyOf = new HashMap<>();
  private @Nullable Fault every;

  synchronized void next(List<Fault> faults) {
    next.addAll(faults);
  }

  synchronized void every(Fault fault) {
    every = fault;
  }

  /** For requests whose body holds this text, before all others. */
  synchronized void everyOf(String text, Fault fault) {
    everyOf.put(text, fault);
  }

  synchronized void heal() {
    next.clear();
    everyOf.clear();
    every = null;
  }

  /** Takes the fault of the request at hand; empty if the script has none for it. */
  synchronized Optional<Fault> take(String body) {
    for (Map.Entry<String, Fault> entry : everyOf.entrySet()) {
      if (body.contains(entry.getKey())) {
        return Optional.of(entry.getValue());
      }
    }
    Fault first = next.poll();
    return Optional.ofNullable(first == null ? every : first);
  }
}
