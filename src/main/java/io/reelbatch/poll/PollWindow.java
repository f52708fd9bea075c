package io.reelbatch.poll;

import java.util.List;

/** Tasks that are due and hold a permit each. Never empty. */
public record PollWindow(List<WatchedTask> tasks) {

  /** Checks the window. */
  public PollWindow {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("a window has tasks");
    }
  }
}
