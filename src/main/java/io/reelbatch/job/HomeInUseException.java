package io.reelbatch.job;

import io.reelbatch.model.Message;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another run holds the lock of the home; this one did nothing. */
final class HomeInUseException extends RuntimeException implements Message.Told {

  private static final long serialVersionUID = 1L;

  private final transient Message message;

  private HomeInUseException(Message message) {
    super(message.toString());
    this.message = message;
  }

  static HomeInUseException of(Path home, @Nullable String owner) {
    return new HomeInUseException(
        Message.of(
            "the home {0} is in use by another run{1}; nothing was done. Run again when it has ended",
            home, owner == null ? "" : " (" + owner + ")"));
  }

  @Override
  public Message told() {
    return message;
  }
}
