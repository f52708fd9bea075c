package io.reelbatch.gateway;

import io.reelbatch.model.TaskId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which address knew tasks of a family, for as long as the process lives. A family is the part of
 * an id before its first colon, or else underscore: {@code sora-2}, {@code grok}, {@code video}.
 * Thread-safe.
 */
final class QueryRoutes {

  // Ids are opaque: should each have a family of its own, this map must not grow with them.
  private static final int MOST = 500;

  private final Map<String, QueryRoute> known = new ConcurrentHashMap<>();

  QueryRoute of(TaskId task) {
    return known.getOrDefault(family(task), QueryRoute.FIRST);
  }

  void remember(TaskId task, QueryRoute route) {
    if (known.size() < MOST) {
      known.put(family(task), route);
    }
  }

  private static String family(TaskId task) {
    int end = task.value().indexOf(':');
    if (end < 0) {
      end = task.value().indexOf('_');
    }
    return task.value().substring(0, Math.max(end, 0));
  }
}
