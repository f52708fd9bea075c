package io.reelbatch.selftest;

import io.reelbatch.simulator.LoggedRequest;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a batch from outside the program.
 *
 * @param batch its name
 * @param prompts the orders of the CSV, one a line, no two alike
 * @param cap paid requests that the program was allowed, whatever the CSV asks for
 * @param requests the gateway's own log
 * @param report the result files
 * @param kills how often, and where, its runs were killed
 * @param inFlight paid requests that a run may have under way at once
 * @param starts of the program
 * @param lastStart number of the last request before the start that ended by itself: nobody killed
 *     the program after it
 * @param misbehaviour what the program did that it should not have, as its exit codes show it
 */
record Evidence(
    String batch,
    List<String> prompts,
    long cap,
    List<LoggedRequest> requests,
    Report report,
    Map<KillPoint, Long> kills,
    int inFlight,
    int starts,
    long lastStart,
    List<String> misbehaviour) {

  /** Takes unmodifiable copies. */
  Evidence {
    prompts = List.copyOf(prompts);
    requests = List.copyOf(requests);
    kills = Map.copyOf(kills);
    misbehaviour = List.copyOf(misbehaviour);
  }

  long allKills() {
    return kills.values().stream().mapToLong(Long::longValue).sum();
  }
}
