package io.reelbatch.csv;

import io.reelbatch.model.LineError;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file as a whole cannot be read into rows: its header, its encoding or its quotation marks are
 * wrong. Unlike an error within a row, no row of the file can be trusted; nothing may be sent.
 */
public final class UnreadableInputException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient List<LineError> errors;

  UnreadableInputException(List<LineError> errors) {
    super(errors.stream().map(LineError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  UnreadableInputException(LineError error) {
    this(List.of(error));
  }

  /** What is wrong; never empty. */
  public List<LineError> errors() {
    return errors;
  }
}
