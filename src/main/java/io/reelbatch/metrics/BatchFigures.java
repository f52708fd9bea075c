package io.reelbatch.metrics;

import io.reelbatch.model.RowState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a batch stands. Kept from run to run, so that a run which cannot begin takes nothing away
 * from what is shown.
 *
 * @param money for each currency
 * @param caps those on money that are set
 * @param nextLinkToDie when the next link dies of a finished video that was not fetched; null if
 *     none is known to
 */
public record BatchFigures(
    Map<RowState, Long> rows, List<Cost> money, List<Cap> caps, @Nullable Instant nextLinkToDie) {

  /** Nothing is known yet. */
  public static final BatchFigures UNKNOWN = new BatchFigures(Map.of(), List.of(), List.of(), null);

  /** What was paid, may have to be paid, and nobody knows. */
  public record Cost(String currency, double spent, double reserved, double inDoubt) {}

  /** How much of a cap is used up; {@code period} is batch, day or month. */
  public record Cap(String period, String currency, double cap, double used) {}
}
