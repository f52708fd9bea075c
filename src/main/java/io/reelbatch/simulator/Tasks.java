package io.reelbatch.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/** Every task made, which is everything that was charged. Thread-safe. */
final class Tasks {

  private final Map<String, SimulatedTask> byId = new LinkedHashMap<>();
  private final Queue<Instant> ends = new PriorityQueue<>();

  synchronized void add(SimulatedTask task) {
    byId.put(task.id(), task);
    ends.add(task.endsAt());
  }

  /** The task of exactly this id, as long as the gateway knows it, for the account that made it. */
  synchronized Optional<SimulatedTask> find(String id, Request request) {
    return Optional.ofNullable(byId.get(id)).filter(task -> isKnown(task, request));
  }

  /** The same for those who bear no key. */
  synchronized Optional<SimulatedTask> find(String id, Instant now) {
    return Optional.ofNullable(byId.get(id)).filter(task -> task.stageAt(now) != Stage.GONE);
  }

  private static boolean isKnown(SimulatedTask task, Request request) {
    return task.stageAt(request.at()) != Stage.GONE && task.account().equals(request.account());
  }

  /** Those that the gateway knows for the account that asks, in the order of making. */
  synchronized List<SimulatedTask> known(Request request) {
    return byId.values().stream().filter(task -> isKnown(task, request)).toList();
  }

  synchronized List<String> ids() {
    return List.copyOf(byId.keySet());
  }

  synchronized long count() {
    return byId.size();
  }

  /** Tasks that have not ended; {@code now} must not go back. */
  synchronized int activeAt(Instant now) {
    while (!ends.isEmpty() && !ends.peek().isAfter(now)) {
      ends.remove();
    }
    return ends.size();
  }
}
