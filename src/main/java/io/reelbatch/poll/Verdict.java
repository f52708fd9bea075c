package io.reelbatch.poll;

import io.reelbatch.ledger.TaskFacts;
import io.reelbatch.model.RowEvent;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means.
 *
 * @param task what is known now
 * @param facts what is to be written; null when the answer changed nothing
 * @param event how the row ends; null when the task is asked after again
 */
record Verdict(WatchedTask task, @Nullable TaskFacts facts, @Nullable RowEvent event) {}
