package io.reelbatch.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another run holds the lock of the home; this one did nothing. */
final class HomeInUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HomeInUseException(Path home, @Nullable String owner) {
    super(
        "the home "
            + home
            + " is in use by another run"
            + (owner == null ? "" : " (" + owner + ")")
            + "; nothing was done. Run again when it has ended");
  }
}
