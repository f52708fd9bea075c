package io.reelbatch.job;

import io.reelbatch.model.Kind;
import io.reelbatch.model.LineError;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a file would find and come to. Nothing was sent, and no state was changed.
 *
 * @param errors what is wrong; a run would send nothing
 * @param warnings what is odd about it but allowed
 * @param kinds what would be sent; empty where something is wrong
 * @param known lines that the batch has already, by where their rows stand
 * @param starting lines that start from the video of another line
 * @param sending how long the sending takes at least, at the configured rate
 * @param making how long the videos take at least, by what earlier ones took; null where none did
 */
public record InputCheck(
    List<LineError> errors,
    List<Message> warnings,
    List<OfKind> kinds,
    Map<RowState, Long> known,
    long starting,
    Duration sending,
    @Nullable Duration making) {

  /**
   * The rows of one kind that would be sent.
   *
   * @param cost of those whose price is configured; null if none has one
   * @param unpriced how many have no price, which is not the same as free
   * @param proven whether the gateway made a task of the kind before; else one row goes alone first
   */
  public record OfKind(Kind kind, long rows, @Nullable Money cost, long unpriced, boolean proven) {}

  /** Copies. */
  public InputCheck {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    kinds = List.copyOf(kinds);
    known = Map.copyOf(known);
  }

  static InputCheck rejected(List<LineError> errors, List<Message> warnings) {
    return new InputCheck(errors, warnings, List.of(), Map.of(), 0, Duration.ZERO, null);
  }
}
