package io.reelbatch.model;

/** Why no further row can be sent until a person has mended something. */
public enum HaltCause {
  /** The key is missing, wrong, expired or not allowed here. Polling would not work either. */
  KEY("the gateway does not accept the API key", false),
  /** An account that made tasks of the batch has no key here: they cannot be asked after. */
  NO_KEY("an account that made tasks of this batch has no key here", false),
  /** The account has no money left. Polling goes on. */
  BALANCE("the gateway says that the balance or quota is used up", true),
  /** The address has no such route: wrong base URL. Polling is tried all the same. */
  ROUTE("the gateway does not know this address; check reelbatch.gateway.base-url", true),
  /**
   * The key is accepted but knows none of the batch's tasks: another account, or another gateway.
   */
  ACCOUNT(
      "the gateway knows none of the tasks that were asked after: is this another account?", false),
  /** The cap on money is reached. */
  BUDGET("the spending cap is reached", true),
  /** The cap on paid requests is reached. */
  LIMIT("the limit of paid requests is reached", true),
  /** A price is not known, and there is a cap on money. */
  PRICE("there is a spending cap, and a price is not known", true),
  /** Our own disk no longer takes what must be written. */
  LEDGER("the ledger could not be written", false);

  private final String text;
  private final boolean pollingGoesOn;

  HaltCause(String text, boolean pollingGoesOn) {
    this.text = text;
    this.pollingGoesOn = pollingGoesOn;
  }

  /** For people: what happened. */
  public String text() {
    return text;
  }

  /** Whether it is the matter of one account, and others may go on. */
  public boolean isOfAccount() {
    return this == KEY || this == NO_KEY || this == BALANCE || this == ACCOUNT;
  }

  /** Whether tasks that are already paid for can still be asked after. */
  public boolean pollingGoesOn() {
    return pollingGoesOn;
  }
}
