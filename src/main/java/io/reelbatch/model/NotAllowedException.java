package io.reelbatch.model;

/** A word or number of somebody's that cannot be; the message says what can. */
public final class NotAllowedException extends IllegalArgumentException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  /** With a message for people. */
  public NotAllowedException(Message message) {
    super(message.toString());
    this.message = message;
  }

  /** With a message for people. */
  public NotAllowedException(Message message, Throwable cause) {
    super(message.toString(), cause);
    this.message = message;
  }

  @Override
  public Message told() {
    return message;
  }
}
