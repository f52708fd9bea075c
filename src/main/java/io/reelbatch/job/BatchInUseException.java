package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import org.jspecify.annotations.Nullable;

/** Another process, perhaps on another machine, works on the batch for longer than one waits. */
final class BatchInUseException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  private BatchInUseException(Message message) {
    super(message.toString());
    this.message = message;
  }

  static BatchInUseException of(BatchName batch, @Nullable String runner) {
    return new BatchInUseException(
        Message.of(
            "batch {0} is in use by another run{1}; nothing was done. Run again when it has ended",
            batch, runner == null ? "" : " (" + runner + ")"));
  }

  @Override
  public Message told() {
    return message;
  }
}
