package io.reelbatch.selftest;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much is to be proved.
 *
 * @param kills how often the program is killed, over all batches
 * @param seed of every draw: the batches' rows, the troubles at the gateway, when to kill
 * @param rows of each batch
 * @param inFlight paid requests that a run may have under way at once
 * @param parallel batches at once
 * @param crowd starts on one home at the same time, in a round of their own
 * @param keep folder that keeps every batch, its logs and its ledger; null keeps nothing
 * @param server the environment that names a server for the ledgers of all batches; empty: a file
 *     each
 */
public record SelftestSettings(
    int kills,
    long seed,
    int rows,
    int inFlight,
    int parallel,
    int crowd,
    @Nullable Path keep,
    Map<String, String> server) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of its bounds; the message names it
   */
  public SelftestSettings {
    server = Map.copyOf(server);
    check(kills >= 0, "--kills must not be negative, but is " + kills);
    check(rows >= 10 && rows <= 10_000, "--rows must be 10 to 10000, but is " + rows);
    check(inFlight >= 1 && inFlight <= 1000, "--in-flight must be 1 to 1000, but is " + inFlight);
    check(parallel >= 1 && parallel <= 100, "--parallel must be 1 to 100, but is " + parallel);
    check(crowd >= 2 && crowd <= 1000, "--crowd must be 2 to 1000, but is " + crowd);
  }

  /** The command that plays the same again. */
  public String typed() {
    return ("reelbatch selftest --kills %d --seed %d --rows %d --in-flight %d --crowd %d"
            + (server.isEmpty() ? "" : " --server"))
        .formatted(kills, seed, rows, inFlight, crowd);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
