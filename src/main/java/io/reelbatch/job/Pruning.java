package io.reelbatch.job;

import io.reelbatch.ledger.Forgotten;
import io.reelbatch.model.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was forgotten, or would be.
 *
 * @param batches all that were looked at
 * @param bytesBefore of the ledger's file; 0 if it has none of its own
 * @param bytesAfter the same afterwards
 * @param trouble why the file is no smaller; null if it is as small as can be
 */
public record Pruning(
    List<Forgotten> batches, long bytesBefore, long bytesAfter, @Nullable Message trouble) {

  /** Copies. */
  public Pruning {
    batches = List.copyOf(batches);
  }
}
