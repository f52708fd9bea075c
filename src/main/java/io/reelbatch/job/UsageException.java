package io.reelbatch.job;

/** Wrong usage or configuration; the message is for the person who mends it. Nothing was sent. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public UsageException(String message) {
    super(message);
  }

  /** With a message for people. */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
