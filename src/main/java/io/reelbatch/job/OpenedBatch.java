package io.reelbatch.job;

import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Reorder;
import io.reelbatch.model.Message;
import java.util.List;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * A batch that is ours to run: its lock is held, what a dead run left behind is settled.
 *
 * @param round number of the round that new attempts belong to
 * @param doubts rows that became doubtful because the last run died
 * @param input whether the input has to be loaded
 * @param work whether there is anything to do
 * @param onceMore what is to be ordered once more as soon as the input is loaded
 * @param notes what a person should know before anything is sent
 */
record OpenedBatch(
    BatchRecord batch,
    int round,
    int doubts,
    InputStatus input,
    Work work,
    Reorder onceMore,
    List<Message> notes,
    JobParameters parameters) {

  /** Whether the rows of the batch already come from this file. */
  enum InputStatus {
    ACTIVE,
    NEW
  }

  /** Whether the job has to run. */
  enum Work {
    LEFT,
    DONE
  }
}
