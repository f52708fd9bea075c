package io.reelbatch.selftest;

import java.time.Duration;
import java.util.Set;

/** The program's exit codes, as its README gives them. */
final class Ends {

  /** Another run uses the home. */
  static final int IN_USE = 75;

  /** Nothing takes that long here: it hangs. */
  static final Duration LONGEST = Duration.ofMinutes(3);

  /** Sending stopped, at a cap for instance. */
  private static final int HALTED = 5;

  private static final Set<Integer> FINISHED = Set.of(0, 3, 7);

  private Ends() {}

  /** Whether the batch is at its end: succeeded, some failed, or some in doubt. */
  static boolean isFinished(int exit) {
    return FINISHED.contains(exit);
  }

  /** Whether a batch that may not send all its orders is where it cannot go on. */
  static boolean isCapped(int exit) {
    return exit == HALTED;
  }
}
