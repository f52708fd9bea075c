package io.reelbatch.ledger;

/** A person named a row that is not there, or of which that cannot be said. Nothing was changed. */
public final class WrongRowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongRowException(String message) {
    super(message);
  }
}
