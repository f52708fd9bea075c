package io.reelbatch.poll;

import io.reelbatch.ledger.OpenTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task and what this run has heard of it so far, also what was not worth writing down.
 *
 * @param polls how often it was asked after, in all runs
 * @param unlinked how often it was finished without a link
 */
record WatchedTask(
    OpenTask task,
    int polls,
    int unlinked,
    @Nullable String status,
    @Nullable Integer percent,
    @Nullable Instant unknownSince) {

  static WatchedTask of(OpenTask task) {
    return new WatchedTask(
        task, task.polls(), 0, task.status(), task.percent(), task.unknownSince());
  }
}
