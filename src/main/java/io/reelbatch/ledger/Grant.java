package io.reelbatch.ledger;

import io.reelbatch.model.Caps;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rows that somebody means to send may be sent. Filled by the ledger's thread; to be
 * read when the entry is committed.
 */
final class Grant {

  private volatile List<PlannedRow> rows = List.of();
  private volatile Caps.@Nullable Reached reached;
  private boolean perhapsCommitted; // the ledger's thread alone

  void give(List<PlannedRow> granted, Caps.@Nullable Reached why) {
    rows = List.copyOf(granted);
    reached = why;
  }

  /** The commit was reported as failed, and may have been one: it is tried again. */
  void mayBeCommitted() {
    perhapsCommitted = true;
  }

  boolean isPerhapsCommitted() {
    return perhapsCommitted;
  }

  /** The first of the rows, all of them unless a cap is reached. */
  List<PlannedRow> rows() {
    return rows;
  }

  /** The cap that kept the others back. */
  Optional<Caps.Reached> reached() {
    return Optional.ofNullable(reached);
  }
}
