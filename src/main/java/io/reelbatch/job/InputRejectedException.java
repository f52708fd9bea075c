package io.reelbatch.job;

import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import java.util.Comparator;
import java.util.List;

/**
 * The input is wrong somewhere; all that is wrong is listed, in the order of the lines. Nothing was
 * activated or sent.
 */
final class InputRejectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<LineError> errors;

  InputRejectedException(List<LineError> errors) {
    super(errors.size() + " errors in the input");
    this.errors = errors.stream().sorted(Comparator.comparingLong(LineError::line)).toList();
  }

  List<LineError> errors() {
    return errors;
  }

  /**
   * Of a file without any row, for a batch that has some: half a copy, or a sheet saved too early.
   */
  static LineError noRows(long known) {
    return new LineError(
        1,
        Message.of(
            "the file has no rows, and the batch has {0}: it stays as it is. Put the rows back, or"
                + " begin another batch with --batch",
            known));
  }
}
