package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import org.jspecify.annotations.Nullable;

/** Another process, perhaps on another machine, works on the batch for longer than one waits. */
final class BatchInUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BatchInUseException(BatchName batch, @Nullable String runner) {
    super(
        "batch "
            + batch
            + " is in use by another run"
            + (runner == null ? "" : " (" + runner + ")")
            + "; nothing was done. Run again when it has ended");
  }
}
