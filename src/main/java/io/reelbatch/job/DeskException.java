package io.reelbatch.job;

import org.jspecify.annotations.Nullable;

/** A person's word could not be taken; nothing was changed. The message says why. */
public final class DeskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Ending ending;

  DeskException(Ending ending, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.ending = ending;
  }

  /** How the process ends. */
  public Ending ending() {
    return ending;
  }
}
