package io.reelbatch.model;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file could not be read or written; the message says what that means, and what to do. */
public final class DiskException extends UncheckedIOException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  /** With a message for people. */
  public DiskException(Message message, IOException cause) {
    super(message.toString(), cause);
    this.message = message;
  }

  @Override
  public Message told() {
    return message;
  }
}
