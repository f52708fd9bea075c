package io.reelbatch.ledger;

import io.reelbatch.model.Message;

/** A person named a row that is not there, or of which that cannot be said. Nothing was changed. */
public final class WrongRowException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  WrongRowException(Message message) {
    super(message.toString());
    this.message = message;
  }

  @Override
  public Message told() {
    return message;
  }
}
