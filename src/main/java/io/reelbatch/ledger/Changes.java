package io.reelbatch.ledger;

import io.reelbatch.model.RowState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a transaction has changed so far. Nothing of it counts before the commit. */
final class Changes {

  private final Map<RowState, Long> rows = new EnumMap<>(RowState.class);
  private long intents;
  private final List<String> notes = new ArrayList<>();

  /** How many rows came to each state, or left it. */
  Map<RowState, Long> rows() {
    return rows;
  }

  /** So many rows went from one state to another. */
  void moved(RowState from, RowState to, long count) {
    rows.merge(from, -count, Long::sum);
    rows.merge(to, count, Long::sum);
  }

  /** So many paid requests are about to leave. */
  void intended(long count) {
    intents += count;
  }

  long intents() {
    return intents;
  }

  /** What a person should know. */
  List<String> notes() {
    return notes;
  }

  void note(String note) {
    notes.add(note);
  }

  /** The transaction begins once more. */
  void clear() {
    rows.clear();
    intents = 0;
    notes.clear();
  }
}
