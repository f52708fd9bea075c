package io.reelbatch.ledger;

/** A newer version of the program made the ledger; this one could misread what was paid for. */
public final class NewerLedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NewerLedgerException(String found, String known) {
    super(
        "the ledger was made by a newer Reelbatch (its version is "
            + found
            + ", this program knows "
            + known
            + "). Nothing was sent, and it is as it was. Use that newer version, for every run in"
            + " this home");
  }
}
