package io.reelbatch.ledger;

import io.reelbatch.model.Message;

/** A newer version of the program made the ledger; this one could misread what was paid for. */
public final class NewerLedgerException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  private NewerLedgerException(Message message) {
    super(message.toString());
    this.message = message;
  }

  static NewerLedgerException of(String found, String known) {
    return new NewerLedgerException(
        Message.of(
            "the ledger was made by a newer Reelbatch (its version is {0}, this program knows {1})."
                + " Nothing was sent, and it is as it was. Use that newer version, for every run in"
                + " this home",
            found, known));
  }

  @Override
  public Message told() {
    return message;
  }
}
