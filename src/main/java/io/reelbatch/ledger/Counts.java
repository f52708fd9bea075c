package io.reelbatch.ledger;

import io.reelbatch.model.RowState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How many rows of a batch stand where. */
public record Counts(Map<RowState, Long> byState) {

  public Counts {
    byState = Map.copyOf(byState);
  }

  static Counts sum(Collection<Counts> parts) {
    Map<RowState, Long> sum = new EnumMap<>(RowState.class);
    for (Counts part : parts) {
      part.byState.forEach((state, n) -> sum.merge(state, n, Long::sum));
    }
    return new Counts(sum);
  }

  /** Rows in any of these states. */
  public long of(RowState... states) {
    long sum = 0;
    for (RowState state : states) {
      sum += byState.getOrDefault(state, 0L);
    }
    return sum;
  }

  /** All rows but those that left the input. */
  public long all() {
    return byState.entrySet().stream()
        .filter(entry -> entry.getKey() != RowState.WITHDRAWN)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  Counts plus(Map<RowState, Long> change) {
    Map<RowState, Long> sum = new EnumMap<>(RowState.class);
    sum.putAll(byState);
    change.forEach((state, n) -> sum.merge(state, n, Long::sum));
    sum.values().removeIf(n -> n == 0);
    return new Counts(sum);
  }
}
