package io.reelbatch.job;

import io.reelbatch.model.Message;

/** Wrong usage or configuration; the message is for the person who mends it. Nothing was sent. */
public final class UsageException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  /** With a message for people. */
  public UsageException(Message message) {
    super(message.toString());
    this.message = message;
  }

  /** With a message for people. */
  public UsageException(Message message, Throwable cause) {
    super(message.toString(), cause);
    this.message = message;
  }

  @Override
  public Message told() {
    return message;
  }
}
