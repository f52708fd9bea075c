package io.reelbatch.ledger;

import io.reelbatch.model.Message;

/** The ledger could not be read or written; the message says what that means for money. */
public final class LedgerException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  LedgerException(Message message) {
    super(message.toString());
    this.message = message;
  }

  LedgerException(Message message, Throwable cause) {
    super(message.toString(), cause);
    this.message = message;
  }

  @Override
  public Message told() {
    return message;
  }
}
