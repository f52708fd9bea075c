package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.model.Message;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another run holds the lock of the home, or of the batch; this one did nothing. */
final class InUseException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  private InUseException(Message message) {
    super(message.toString());
    this.message = message;
  }

  /** Of a home. */
  static InUseException of(Path home, @Nullable String owner) {
    return new InUseException(
        Message.of(
            "the home {0} is in use by another run{1}; nothing was done. Run again when it has ended",
            home, owner == null ? "" : " (" + owner + ")"));
  }

  /** Of a batch of a server; the other run may be on another machine. */
  static InUseException of(BatchName batch, @Nullable String runner) {
    return new InUseException(
        Message.of(
            "batch {0} is in use by another run{1}; nothing was done. Run again when it has ended",
            batch, runner == null ? "" : " (" + runner + ")"));
  }

  @Override
  public Message told() {
    return message;
  }
}
