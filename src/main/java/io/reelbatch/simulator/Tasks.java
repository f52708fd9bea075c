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

  /** The task of exactly this id, as long as the gateway knows it. */
  synchronized Optional<SimulatedTask> find(String id, Instant now) {
    return Optional.ofNullable(byId.get(id)).filter(task -> task.stageAt(now) != Stage.GONE);
  }

  /** Those that the gateway knows, in the order of making. */
  synchronized List<SimulatedTask> known(Instant now) {
    return byId.values().stream().filter(task -> task.stageAt(now) != Stage.GONE).toList();
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
