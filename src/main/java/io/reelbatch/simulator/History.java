package io.reelbatch.simulator;

import java.util.List;

/**
 * What an existing log tells a simulator that starts again.
 *
 * @param lastNumber of its requests; 0 if it is empty
 * @param sends how many of them could cost money
 * @param tasks made, in the order of making
 */
record History(long lastNumber, long sends, List<SimulatedTask> tasks) {

  static final History NONE = new History(0, 0, List.of());

  /** Takes an unmodifiable copy of the tasks. */
  History {
    tasks = List.copyOf(tasks);
  }
}
