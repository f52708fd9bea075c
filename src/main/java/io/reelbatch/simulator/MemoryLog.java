package io.reelbatch.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of a simulator without a file. It keeps every send, but only the newest 100,000 of the
 * other requests: a long run asks millions of times, and that would fill the memory that the
 * program under test shares.
 */
final class MemoryLog implements RequestLog {

  private static final int MOST_OTHERS = 100_000;
  private static final int MOST_HEADERS = 256;

  private final List<LoggedRequest> sends = new ArrayList<>();
  private final Deque<LoggedRequest> others = new ArrayDeque<>();
  // A client sends the same headers with every query; one copy of them is enough.
  private final Map<Map<String, String>, Map<String, String>> headers = new HashMap<>();

  @Override
  public History history() {
    return History.NONE;
  }

  @Override
  public synchronized void add(LoggedRequest request, @Nullable SimulatedTask made) {
    if (request.isSend()) {
      sends.add(request);
      return;
    }
    if (others.size() == MOST_OTHERS) {
      others.removeFirst();
    }
    others.addLast(slim(request));
  }

  @Override
  public synchronized List<LoggedRequest> requests() {
    var all = new ArrayList<>(sends);
    all.addAll(others);
    return inOrder(all);
  }

  @Override
  public synchronized List<LoggedRequest> sends() {
    return inOrder(new ArrayList<>(sends));
  }

  @Override
  public void close() {}

  private LoggedRequest slim(LoggedRequest request) {
    if (headers.size() >= MOST_HEADERS) {
      headers.clear();
    }
    Map<String, String> known = headers.computeIfAbsent(request.headers(), unknown -> unknown);
    return new LoggedRequest(
        request.number(),
        request.at(),
        request.method(),
        request.path(),
        known,
        request.body(),
        request.status(),
        request.task(),
        request.note());
  }

  private static List<LoggedRequest> inOrder(List<LoggedRequest> requests) {
    requests.sort(Comparator.comparingLong(LoggedRequest::number));
    return List.copyOf(requests);
  }
}
