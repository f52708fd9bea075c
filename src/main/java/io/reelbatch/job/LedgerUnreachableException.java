package io.reelbatch.job;

/** The server that keeps the ledger cannot be reached now; nothing was sent. */
final class LedgerUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LedgerUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
