package io.reelbatch.ledger;

import java.util.List;

/**
 * What was found among the next tasks.
 *
 * @param tasks those whose end is not known
 * @param upTo number of the last task that was looked at
 * @param isMore whether there may be tasks beyond it
 */
public record OpenTasks(List<OpenTask> tasks, long upTo, boolean isMore) {

  /** Keeps its own list. */
  public OpenTasks {
    tasks = List.copyOf(tasks);
  }
}
