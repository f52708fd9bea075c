package io.reelbatch.job;

import io.reelbatch.model.Message;

/** The server that keeps the ledger cannot be reached now; nothing was sent. */
final class LedgerUnreachableException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  LedgerUnreachableException(Message message, Throwable cause) {
    super(message.toString(), cause);
    this.message = message;
  }

  @Override
  public Message told() {
    return message;
  }
}
