package io.reelbatch.job;

import io.reelbatch.model.Message;
import org.jspecify.annotations.Nullable;

/** A person's word could not be taken; nothing was changed. The message says why. */
public final class DeskException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final Ending ending;
  private final transient Message message;

  DeskException(Ending ending, Message message, @Nullable Throwable cause) {
    super(message.toString(), cause);
    this.ending = ending;
    this.message = message;
  }

  /** How the process ends. */
  public Ending ending() {
    return ending;
  }

  @Override
  public Message told() {
    return message;
  }
}
